import { appProtocol } from "./app-protocol";
import { din70121 } from "./din70121";
import { iso15118_2 } from "./iso15118-2";
import { iso15118_20_AC } from "./iso15118-20/ac";
import { iso15118_20_AC_DER_IEC } from "./iso15118-20/ac-der-iec";
import { iso15118_20_AC_DER_SAE } from "./iso15118-20/ac-der-sae";
import { iso15118_20_ACDP } from "./iso15118-20/acdp";
import { iso15118_20_CommonMessages } from "./iso15118-20/common-messages";
import { iso15118_20_DC } from "./iso15118-20/dc";
import { iso15118_20_WPT } from "./iso15118-20/wpt";
import type { SchemaSet } from "./schema";
import { xmldsig } from "./xmldsig";

/** Every schema set, by the short name that vectors and the command line use. */
export const messageSets: Readonly<Record<string, SchemaSet>> = {
  sap: appProtocol,
  din: din70121,
  iso2: iso15118_2,
  "iso20-common": iso15118_20_CommonMessages,
  "iso20-dc": iso15118_20_DC,
  "iso20-ac": iso15118_20_AC,
  "iso20-acdp": iso15118_20_ACDP,
  "iso20-wpt": iso15118_20_WPT,
  "iso20-ac-der-iec": iso15118_20_AC_DER_IEC,
  "iso20-ac-der-sae": iso15118_20_AC_DER_SAE,
  xmldsig,
};
