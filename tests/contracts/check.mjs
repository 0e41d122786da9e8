// Holds exported JSON against the types of Octopus's own package
// `@octopusdeploy/message-contracts`, with the TypeScript compiler.
//
//     node tests/contracts/check.mjs FOLDER...
//
// Each folder is one export. Of every JSON file in it a module is made that
// says `export default {…} satisfies StepTemplate` and so on, and all are
// compiled at once, strictly. The packages are those of tests/e2e.

import { createRequire } from "node:module";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const PACKAGES = path.join(HERE, "../e2e/node_modules");
const CONTRACTS = path.join(HERE, "contracts.ts");

/** Which type a file has to be, by its place in the export; null: none of Octopus's. */
const TYPES = [
    [/^step-templates\/[^/]+\.json$/, "StepTemplate"],
    [/^process\/deployment-process\.json$/, "DeploymentProcess"],
    [/^process\/runbook-[^/]+\.json$/, "RunbookProcess"],
    [/^variables\/[^/]+\.json$/, "VariableSet"],
    [/^rest\/ids\.json$/, null],
];

/**
 * Where Octopus itself writes what its package of 2022 does not allow for. Each
 * is one key of one type with one value, and each has to be needed.
 */
const ALLOWED = [
    // Octopus's own client lists both among the types of variables (`VariableType`
    // in OctopusClients); the enum of the npm package ends before them.
    ["VariableSet", "Type", '"GenericOidcAccount"', "newer than the package"],
    ["VariableSet", "Type", '"UsernamePasswordAccount"', "newer than the package"],
].map(([type, key, value, why]) => ({ type, key, value, why }));

/** What is compiled the same every time, read once. */
const LIBRARY = new Map();

/** The compiler, and a sentence instead of a stack where it is missing. */
function compiler() {
    try {
        return createRequire(path.join(PACKAGES, "x.js"))("typescript");
    } catch {
        throw new Error("the npm packages of tests/e2e are missing: cargo xtask setup");
    }
}

/** Every JSON file of an export, by its path in there. */
export function jsonFiles(folder) {
    return fs
        .readdirSync(folder, { recursive: true })
        .map((name) => name.split(path.sep).join("/"))
        .filter((name) => name.endsWith(".json"))
        .sort();
}

/** The type that a file has to be; null for none, undefined where nobody said. */
function typeOf(name) {
    return TYPES.find(([pattern]) => pattern.test(name))?.[1];
}

/** The module that claims that `text` is a `type`; JSON is TypeScript as it is. */
export function moduleOf(text, type) {
    const from = JSON.stringify(CONTRACTS.replace(/\.ts$/, ".js"));
    return `import type { ${type} } from ${from};\nexport default ${text.trim()} satisfies ${type};\n`;
}

/**
 * Compiles modules (a map of names to texts) and gives what is wrong (with the
 * member that it is about), how many declared keys were held against their kind
 * in each, and the keys that the package does not know.
 */
export function compile(modules) {
    const ts = compiler();
    const options = {
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        target: ts.ScriptTarget.ES2022,
        lib: ["lib.es2022.d.ts"],
        module: ts.ModuleKind.ESNext,
        moduleResolution: ts.ModuleResolutionKind.Bundler,
        types: [],
        paths: {
            "@octopusdeploy/message-contracts": [
                path.join(PACKAGES, "@octopusdeploy/message-contracts"),
            ],
        },
    };
    const host = ts.createCompilerHost(options);
    const { getSourceFile, fileExists, readFile } = host;
    host.fileExists = (name) => modules.has(name) || fileExists(name);
    host.readFile = (name) => modules.get(name) ?? readFile(name);
    host.getSourceFile = (name, ...rest) => {
        if (modules.has(name)) {
            return ts.createSourceFile(name, modules.get(name), options.target, true);
        }
        if (!LIBRARY.has(name)) LIBRARY.set(name, getSourceFile(name, ...rest));
        return LIBRARY.get(name);
    };
    const program = ts.createProgram([CONTRACTS, ...modules.keys()], options, host);
    const problems = ts.getPreEmitDiagnostics(program).map((one) => {
        const what = ts.flattenDiagnosticMessageText(one.messageText, "\n    ");
        if (!one.file || !modules.has(one.file.fileName)) {
            return { what: `${one.file?.fileName ?? "the compiler"}: ${what}` };
        }
        const at = one.file.getLineAndCharacterOfPosition(one.start);
        // The first line is the import, so the others are the JSON's own.
        return {
            file: one.file.fileName,
            what: `:${at.line}:${at.character + 1}: ${memberPath(ts, one)}: ${what}`,
            member: memberAt(ts, one),
        };
    });

    const checker = program.getTypeChecker();
    const unknown = new Set();
    const counts = new Map();
    for (const name of modules.keys()) {
        let declared = 0;
        const walk = (node) => {
            if (ts.isPropertyAssignment(node)) {
                if (!isDeclared(ts, checker, node)) {
                    // What lies in it is as free as itself.
                    unknown.add(node.name.text);
                    return;
                }
                declared += 1;
            }
            ts.forEachChild(node, walk);
        };
        walk(program.getSourceFile(name));
        counts.set(name, declared);
    }
    return { problems, counts, unknown };
}

/** The member `"key": value` that a diagnostic is about, if it is about one. */
function memberAt(ts, { file, start }) {
    let found;
    const walk = (node) => {
        if (start < node.getStart(file) || start >= node.end) return;
        if (ts.isPropertyAssignment(node)) found = node;
        ts.forEachChild(node, walk);
    };
    walk(file);
    return found && { key: found.name.text, value: found.initializer.getText(file) };
}

/** Where a diagnostic is in the JSON: `$.Packages[0].FeedId`. */
function memberPath(ts, { file, start }) {
    let path = "$";
    const walk = (node) => {
        if (start < node.getStart(file) || start >= node.end) return;
        if (ts.isPropertyAssignment(node)) path += `.${node.name.text}`;
        if (ts.isArrayLiteralExpression(node.parent)) path += `[${node.parent.elements.indexOf(node)}]`;
        ts.forEachChild(node, walk);
    };
    ts.forEachChild(file, walk);
    return path;
}

/** Whether the type that is asked for at this place says what the key has to be. */
function isDeclared(ts, checker, assignment) {
    const type = checker.getContextualType(assignment.parent);
    const parts = type?.isUnion() ? type.types : [type];
    return parts.some((part) => {
        if (!part) return false;
        if (part.getProperty(assignment.name.text)) return true;
        // A record, such as an action's properties: any key, one kind.
        const values = part.getStringIndexType();
        return values !== undefined && !(values.flags & ts.TypeFlags.Unknown);
    });
}

/** Checks exports; gives what is wrong and what was done. */
export function check(folders) {
    const problems = [];
    const modules = new Map();
    const types = new Map();
    const shown = (file) => path.relative(process.cwd(), file.replace(/\.ts$/, ""));
    for (const folder of folders) {
        const root = path.resolve(folder);
        let found = 0;
        for (const name of jsonFiles(root)) {
            const type = typeOf(name);
            if (type === undefined) {
                problems.push(`${shown(path.join(root, name))}: nobody says what this has to be`);
            }
            if (!type) continue;
            const file = path.join(root, `${name}.ts`);
            modules.set(file, moduleOf(fs.readFileSync(path.join(root, name), "utf8"), type));
            types.set(file, type);
            found += 1;
        }
        if (found === 0) problems.push(`${folder}: there is no JSON for Octopus here`);
    }

    const compiled = compile(modules);
    const allowed = new Map(ALLOWED.map((one) => [one, 0]));
    for (const { file, what, member } of compiled.problems) {
        const fits = (one) =>
            one.type === types.get(file) && one.key === member?.key && one.value === member.value;
        const allowance = ALLOWED.find(fits);
        if (allowance) allowed.set(allowance, allowed.get(allowance) + 1);
        else problems.push(file ? `${shown(file)}${what}` : what);
    }

    const sums = new Map();
    for (const [file, type] of types) {
        const count = compiled.counts.get(file);
        if (count === 0) problems.push(`${shown(file)}: it has no key that ${type} declares`);
        const sum = sums.get(type) ?? { files: 0, keys: 0 };
        sums.set(type, { files: sum.files + 1, keys: sum.keys + count });
    }
    return { problems, sums, allowed, unknown: compiled.unknown };
}

/** Checks the exports in these folders, says what was done, and ends. */
function main(folders) {
    const { problems, sums, allowed, unknown } = check(folders);
    let total = 0;
    for (const [type, { files, keys }] of sums) {
        total += files;
        console.log(`    ${type}: ${files} files, ${keys} declared keys`);
    }
    for (const [{ type, key, value, why }, times] of allowed) {
        if (times === 0) problems.push(`check.mjs: nothing needs ${type}.${key} to be ${value} any more`);
        else console.log(`    allowed ${times} times: ${type}.${key} is ${value}: ${why}`);
    }
    console.log(`    not declared, so not checked: ${[...unknown].sort().join(", ")}`);
    for (const problem of problems) console.error(problem);
    // The line that `cargo xtask test` counts; each file is a test.
    const failed = problems.length;
    const passed = Math.max(total - failed, 0);
    console.log(`test result: ${failed > 0 ? "FAILED" : "ok"}. ${passed} passed; ${failed} failed`);
    process.exitCode = failed > 0 ? 1 : 0;
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
    try {
        main(process.argv.slice(2));
    } catch (error) {
        console.error(error.message ?? error);
        process.exitCode = 2;
    }
}
