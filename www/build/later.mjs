/**
 * What no school needs that fills in its form: the bureau's views and modules, and what is loaded for rule files that are
 * changed or were published. The beginnings of the files' names.
 */
export const LATER = ["compiler", "bureau", "explanations", "County", "county", "Rules", "Offer", "Effects", "pack-texts"];
