// Proves that the check of exports can fail, and on what.
//
//     node --test tests/contracts/

import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import test from "node:test";
import { check, compile, moduleOf } from "./check.mjs";

/** What the compiler says to one value of a type. */
function said(type, value) {
    const text = JSON.stringify(value, null, 2);
    return compile(new Map([["/x.json.ts", moduleOf(text, type)]])).problems.map(({ what }) => what);
}

/** One problem, at this place and in these words. */
function fails(type, value, place, words) {
    const problems = said(type, value);
    assert.equal(problems.length, 1, problems.join("\n"));
    assert.ok(problems[0].includes(` ${place}: `), problems[0]);
    assert.match(problems[0], words);
}

const action = { Name: "a", ActionType: "Octopus.Script", Properties: {}, Packages: [] };
const step = { Name: "a", Condition: "Success", Actions: [action] };
const variable = { Name: "a", Value: "b", Type: "String", Scope: { Environment: ["x"] } };

test("what is sound passes", () => {
    const secret = { HasValue: true, NewValue: "x", Hint: "y" };
    const rich = { ...action, Properties: { A: "text", B: secret, C: null }, WorkerPoolId: null };
    assert.deepEqual(said("DeploymentProcess", { Version: 0, Steps: [{ ...step, Actions: [rich] }] }), []);
    assert.deepEqual(said("RunbookProcess", { RunbookId: "x", Steps: [] }), []);
    assert.deepEqual(said("VariableSet", { Variables: [variable, { ...variable, Value: null }] }), []);
    const parameter = { Name: "p", DefaultValue: "", DisplaySettings: { "Octopus.ControlType": "Select" } };
    assert.deepEqual(said("StepTemplate", { ...action, Parameters: [parameter] }), []);
});

test("keys may be absent, and unknown ones are free", () => {
    assert.deepEqual(said("StepTemplate", {}), []);
    assert.deepEqual(said("StepTemplate", { $Meta: { Type: 3 }, Slug: [] }), []);
    assert.deepEqual(said("DeploymentProcess", { Steps: [{ Slug: "x", Actions: [{ Slug: 1 }] }] }), []);
});

test("a wrong kind fails at its place", () => {
    fails("StepTemplate", { Version: "1" }, "$.Version", /'string' is not assignable to type 'number/);
    fails("StepTemplate", { Parameters: {} }, "$.Parameters", /missing the following properties/);
    fails("DeploymentProcess", { Steps: [step, { Actions: [{ Channels: [1] }] }] },
        "$.Steps[1].Actions[0].Channels[0]", /'number' is not assignable to type 'string'/);
    fails("DeploymentProcess", { Steps: [{ Actions: [{ IsDisabled: "False" }] }] },
        "$.Steps[0].Actions[0].IsDisabled", /not assignable to type 'boolean/);
    fails("RunbookProcess", { RunbookId: 1 }, "$.RunbookId", /not assignable to type 'string/);
    fails("VariableSet", { Variables: [{ Value: 3 }] }, "$.Variables[0].Value", /'number'/);
    fails("VariableSet", { Variables: [{ Scope: { Environment: "x" } }] },
        "$.Variables[0].Scope.Environment", /'string' is not assignable/);
});

test("properties are texts or secrets", () => {
    for (const [value, words] of [[true, /'(true|boolean)'/], [3, /'number'/], [["x"], /'string\[\]'/]]) {
        fails("StepTemplate", { Properties: { "Octopus.Action.RunOnServer": value } },
            "$.Properties.Octopus.Action.RunOnServer", words);
    }
    fails("StepTemplate", { Properties: { A: { HasValue: "x" } } }, "$.Properties.A.HasValue", /boolean/);
});

test("an enum is one of its values", () => {
    fails("DeploymentProcess", { Steps: [{ StartTrigger: "Sometimes" }] },
        "$.Steps[0].StartTrigger", /"StartAfterPrevious"/);
    fails("StepTemplate", { Parameters: [{ DisplaySettings: { "Octopus.ControlType": "Dial" } }] },
        "$.Parameters[0].DisplaySettings.Octopus.ControlType", /"Checkbox"/);
});

test("only declared keys are counted", () => {
    const text = JSON.stringify({ Name: "a", Slug: { Name: "b" }, Properties: { A: "x", B: "y" } });
    const { counts, unknown } = compile(new Map([["/x.json.ts", moduleOf(text, "StepTemplate")]]));
    assert.deepEqual([counts.get("/x.json.ts"), [...unknown]], [4, ["Slug"]]);
});

test("an export is checked file by file", () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "pulpo-contracts-"));
    const put = (name, value) => {
        fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
        fs.writeFileSync(path.join(folder, name), JSON.stringify(value, null, 2));
    };
    try {
        assert.match(check([folder]).problems[0], /there is no JSON for Octopus here/);
        put("variables/project.json", { Variables: [{ ...variable, Type: "GenericOidcAccount" }] });
        put("rest/ids.json", { "{Environments:Production}": "" });
        assert.deepEqual(check([folder]).problems, []);
        put("variables/other.json", { Variables: [{ ...variable, Type: "Oidc" }], Version: null });
        put("step-templates/empty.json", { Slug: "x" });
        put("new/kind.json", {});
        const problems = check([folder]).problems.join("\n");
        assert.match(problems, /variables\/other\.json:14:\d+: \$\.Version: Type 'null'/);
        assert.match(problems, /variables\/other\.json:6:\d+: \$\.Variables\[0\]\.Type: Type '"Oidc"'/);
        assert.match(problems, /step-templates\/empty\.json: it has no key that StepTemplate declares/);
        assert.match(problems, /new\/kind\.json: nobody says what this has to be/);
    } finally {
        fs.rmSync(folder, { recursive: true });
    }
});
