// What the exports are held against: the resource types of Octopus's own package.

import type {
    ActionTemplateResource,
    DeploymentProcessResource,
    RunbookProcessResource,
    VariableSetResource,
} from "@octopusdeploy/message-contracts";

/**
 * JSON in which each key that T declares is absent or of the declared kind.
 *
 * What only the server knows (`Links`, ids of new things) may be absent, keys
 * that the package does not know are free, and an enum is one of its values.
 */
export type Written<T> = T extends string
    ? `${T}`
    : T extends number | boolean | null | undefined
      ? T
      : T extends readonly (infer Item)[]
        ? Written<Item>[]
        : { [Key in keyof T]?: Written<T[Key]> } & { [key: string]: unknown };

export type StepTemplate = Written<ActionTemplateResource>;
export type DeploymentProcess = Written<DeploymentProcessResource>;
export type RunbookProcess = Written<RunbookProcessResource>;
export type VariableSet = Written<VariableSetResource>;
