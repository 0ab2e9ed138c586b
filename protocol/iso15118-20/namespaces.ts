import { namespace } from "../schema";

const form = { attributes: "qualified" } as const;

export const commonTypes = namespace("urn:iso:std:iso:15118:-20:CommonTypes", form);
export const commonMessages = namespace("urn:iso:std:iso:15118:-20:CommonMessages", form);
export const dc = namespace("urn:iso:std:iso:15118:-20:DC", form);
export const ac = namespace("urn:iso:std:iso:15118:-20:AC", form);
export const acdp = namespace("urn:iso:std:iso:15118:-20:ACDP", form);
export const wpt = namespace("urn:iso:std:iso:15118:-20:WPT", form);
export const derIec = namespace("urn:iso:std:iso:15118:-20:AC-DER-IEC", form);
export const derSae = namespace("urn:iso:std:iso:15118:-20:AC-DER-SAE", form);
