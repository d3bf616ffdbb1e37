//! What the broker says, in either version.

use mqtt_protocol_core::mqtt::packet::{AssignedClientIdentifier, Packet, Property, Qos, v3_1_1, v5_0};
use mqtt_protocol_core::mqtt::result_code::{
    ConnectReasonCode, ConnectReturnCode, DisconnectReasonCode, MqttError, SubackReasonCode, SubackReturnCode,
    UnsubackReasonCode,
};

/// CONNACK: welcome. `named` is the name for a client that brought none, which 3.1.1 has no place for.
pub(super) fn welcome(v5: bool, named: Option<&str>) -> Result<Packet, MqttError> {
    if !v5 {
        let packet = v3_1_1::Connack::builder().session_present(false).return_code(ConnectReturnCode::Accepted);
        return Ok(packet.build()?.into());
    }
    let packet = v5_0::Connack::builder().session_present(false).reason_code(ConnectReasonCode::Success);
    let packet = match named {
        Some(id) => packet.props(vec![Property::AssignedClientIdentifier(AssignedClientIdentifier::new(id)?)]),
        None => packet,
    };
    Ok(packet.build()?.into())
}

/// SUBACK with a code for each filter.
pub(super) fn subscribed(v5: bool, id: u16, codes: &[u8]) -> Result<Packet, MqttError> {
    if v5 {
        let code = |code: &u8| SubackReasonCode::try_from(*code).unwrap_or(SubackReasonCode::UnspecifiedError);
        let packet = v5_0::Suback::builder().packet_id(id).reason_codes(codes.iter().map(code).collect());
        return Ok(packet.build()?.into());
    }
    let code = |code: &u8| if *code < 0x80 { SubackReturnCode::SuccessMaximumQos0 } else { SubackReturnCode::Failure };
    let packet = v3_1_1::Suback::builder().packet_id(id).return_codes(codes.iter().map(code).collect());
    Ok(packet.build()?.into())
}

/// UNSUBACK; for each filter whether there was one.
pub(super) fn unsubscribed(v5: bool, id: u16, were: &[bool]) -> Result<Packet, MqttError> {
    if !v5 {
        return Ok(v3_1_1::Unsuback::builder().packet_id(id).build()?.into());
    }
    let code = |was: &bool| match was {
        true => UnsubackReasonCode::Success,
        false => UnsubackReasonCode::NoSubscriptionExisted,
    };
    let packet = v5_0::Unsuback::builder().packet_id(id).reason_codes(were.iter().map(code).collect());
    Ok(packet.build()?.into())
}

/// PUBLISH at QoS 0.
pub(super) fn message(v5: bool, topic: &str, payload: &[u8], retain: bool) -> Result<Packet, MqttError> {
    if v5 {
        let packet = v5_0::Publish::builder().topic_name(topic)?.qos(Qos::AtMostOnce).retain(retain);
        return Ok(packet.payload(payload).build()?.into());
    }
    let packet = v3_1_1::Publish::builder().topic_name(topic)?.qos(Qos::AtMostOnce).retain(retain);
    Ok(packet.payload(payload).build()?.into())
}

/// DISCONNECT with its reason, which only version 5 has from a broker.
pub(super) fn goodbye(code: DisconnectReasonCode) -> Result<Packet, MqttError> {
    Ok(v5_0::Disconnect::builder().reason_code(code).build()?.into())
}
