import { boolean, byte, choice, example, int, list, oneOf, optional, short, string, type TypeOf } from "../schema";
import { responseCodeType, serviceIDType } from "./data-types";
import { dataTypes, msgBody } from "./namespaces";
import { PhysicalValueType } from "./physical-value";

export const valueType = oneOf("bool", "byte", "short", "int", "physicalValue", "string");

export const ParameterType = dataTypes.type({
  "@Name": string(),
  "@ValueType": valueType,
  value: choice({
    boolValue: boolean,
    byteValue: byte,
    shortValue: short,
    intValue: int,
    physicalValue: PhysicalValueType,
    stringValue: string(),
  }),
});
export type Parameter = TypeOf<typeof ParameterType>;

export const ParameterSetType = dataTypes.type({ ParameterSetID: short, Parameter: list(ParameterType) });
export type ParameterSet = TypeOf<typeof ParameterSetType>;

export const ServiceParameterListType = dataTypes.type({ ParameterSet: list(ParameterSetType) });
export type ServiceParameterList = TypeOf<typeof ServiceParameterListType>;

export const ServiceDetailReq = msgBody.element("ServiceDetailReq", { ServiceID: example(serviceIDType, 1) });
export type ServiceDetailReq = TypeOf<typeof ServiceDetailReq>;

export const ServiceDetailRes = msgBody.element("ServiceDetailRes", {
  ResponseCode: responseCodeType,
  ServiceID: example(serviceIDType, 1),
  ServiceParameterList: optional(ServiceParameterListType),
});
export type ServiceDetailRes = TypeOf<typeof ServiceDetailRes>;
