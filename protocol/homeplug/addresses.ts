/** Every host and modem on the line. */
export const BROADCAST = "FF:FF:FF:FF:FF:FF";
/** The sender's own modem, whatever its address. */
export const LOCALCAST = "00:B0:52:00:00:01";
/** EtherType of HomePlug management messages. */
export const ETHERTYPE_HOMEPLUG = 0x88e1;
/** Shortest Ethernet frame without its check sequence; shorter ones are padded here, for a veth pair does not. */
export const MIN_FRAME = 60;
