/** XML Signature as the message sets import it: what signs a message, what holds keys, and the parts nobody uses. */
import {
  any,
  anyURI,
  base64Binary,
  choice,
  ID,
  integer,
  list,
  namespace,
  optional,
  schemaSet,
  sequence,
  string,
  type TypeOf,
} from "../schema";

const ds = namespace("http://www.w3.org/2000/09/xmldsig#");

/* Signature, and what it says about each signed element. */

export const CanonicalizationMethodType = ds.mixed({ "@Algorithm": anyURI, any: optional(list(any)) });
export const CanonicalizationMethod = ds.element("CanonicalizationMethod", CanonicalizationMethodType);

export const SignatureMethodType = ds.mixed({
  "@Algorithm": anyURI,
  HMACOutputLength: optional(integer),
  any: optional(list(any)),
});
export const SignatureMethod = ds.element("SignatureMethod", SignatureMethodType);

export const TransformType = ds.mixed({
  "@Algorithm": anyURI,
  content: optional(list(choice({ any, XPath: string() }))),
});
export const Transform = ds.element("Transform", TransformType);

export const TransformsType = ds.type({ Transform: list(Transform) });
export const Transforms = ds.element("Transforms", TransformsType);

export const DigestMethodType = ds.mixed({ "@Algorithm": anyURI, any: optional(list(any)) });
export const DigestMethod = ds.element("DigestMethod", DigestMethodType);

export const DigestValue = ds.element("DigestValue", base64Binary());

export const ReferenceType = ds.type({
  "@Id": optional(ID),
  "@Type": optional(anyURI),
  "@URI": optional(anyURI),
  Transforms: optional(Transforms),
  DigestMethod,
  DigestValue,
});
export const Reference = ds.element("Reference", ReferenceType);
export type Reference = TypeOf<typeof ReferenceType>;

export const SignedInfoType = ds.type({
  "@Id": optional(ID),
  CanonicalizationMethod,
  SignatureMethod,
  Reference: list(Reference),
});
export const SignedInfo = ds.element("SignedInfo", SignedInfoType);
export type SignedInfo = TypeOf<typeof SignedInfoType>;

export const SignatureValueType = ds.type({ "@Id": optional(ID), "#text": base64Binary() });
export const SignatureValue = ds.element("SignatureValue", SignatureValueType);

/* Keys and certificates. */

export const CryptoBinary = base64Binary();

export const DSAKeyValueType = ds.type({
  primes: optional(sequence({ P: CryptoBinary, Q: CryptoBinary })),
  G: optional(CryptoBinary),
  Y: CryptoBinary,
  J: optional(CryptoBinary),
  generation: optional(sequence({ Seed: CryptoBinary, PgenCounter: CryptoBinary })),
});
export const DSAKeyValue = ds.element("DSAKeyValue", DSAKeyValueType);

export const RSAKeyValueType = ds.type({ Modulus: CryptoBinary, Exponent: CryptoBinary });
export const RSAKeyValue = ds.element("RSAKeyValue", RSAKeyValueType);

export const KeyValueType = ds.mixed({ key: choice({ DSAKeyValue, RSAKeyValue, any }) });
export const KeyValue = ds.element("KeyValue", KeyValueType);

export const RetrievalMethodType = ds.type({
  "@Type": optional(anyURI),
  "@URI": optional(anyURI),
  Transforms: optional(Transforms),
});
export const RetrievalMethod = ds.element("RetrievalMethod", RetrievalMethodType);

export const X509IssuerSerialType = ds.type({ X509IssuerName: string(), X509SerialNumber: integer });
export type X509IssuerSerial = TypeOf<typeof X509IssuerSerialType>;

export const X509DataType = ds.type({
  content: list(
    choice({
      X509IssuerSerial: X509IssuerSerialType,
      X509SKI: base64Binary(),
      X509SubjectName: string(),
      X509Certificate: base64Binary(),
      X509CRL: base64Binary(),
      any,
    }),
  ),
});
export const X509Data = ds.element("X509Data", X509DataType);

export const PGPDataType = ds.type({
  key: choice({
    identified: sequence({
      PGPKeyID: base64Binary(),
      PGPKeyPacket: optional(base64Binary()),
      any: optional(list(any)),
    }),
    anonymous: sequence({ PGPKeyPacket: base64Binary(), any: optional(list(any)) }),
  }),
});
export const PGPData = ds.element("PGPData", PGPDataType);

export const SPKIDataType = ds.type({ keys: list(sequence({ SPKISexp: base64Binary(), any: optional(any) })) });
export const SPKIData = ds.element("SPKIData", SPKIDataType);

export const KeyName = ds.element("KeyName", string());
export const MgmtData = ds.element("MgmtData", string());

export const KeyInfoType = ds.mixed({
  "@Id": optional(ID),
  content: list(choice({ KeyName, KeyValue, RetrievalMethod, X509Data, PGPData, SPKIData, MgmtData, any })),
});
export const KeyInfo = ds.element("KeyInfo", KeyInfoType);

/* The signature as a whole, and elements that may travel in it. */

export const ObjectType = ds.mixed({
  "@Encoding": optional(anyURI),
  "@Id": optional(ID),
  "@MimeType": optional(string()),
  any: optional(list(any)),
});
const ObjectElement = ds.element("Object", ObjectType);

export { ObjectElement as Object };

export const ManifestType = ds.type({ "@Id": optional(ID), Reference: list(Reference) });
export const Manifest = ds.element("Manifest", ManifestType);

export const SignaturePropertyType = ds.mixed({ "@Id": optional(ID), "@Target": anyURI, any: list(any) });
export const SignatureProperty = ds.element("SignatureProperty", SignaturePropertyType);

export const SignaturePropertiesType = ds.type({
  "@Id": optional(ID),
  SignatureProperty: list(SignatureProperty),
});
export const SignatureProperties = ds.element("SignatureProperties", SignaturePropertiesType);

export const SignatureType = ds.type({
  "@Id": optional(ID),
  SignedInfo,
  SignatureValue,
  KeyInfo: optional(KeyInfo),
  Object: optional(list(ObjectElement)),
});
export const Signature = ds.element("Signature", SignatureType);
export type Signature = TypeOf<typeof SignatureType>;

/** XML Signature on its own: the grammar in which fielded cars and stations sign SignedInfo. */
export const xmldsig = schemaSet("XML Signature", { roots: { Signature }, schemas: [exports] });
