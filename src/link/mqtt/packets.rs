//! Packets in either version.

use super::client::Credentials;
use mqtt_protocol_core::mqtt::packet::{
    ContentType, CorrelationData, Packet, Property, Qos, ResponseTopic, SessionExpiryInterval, SubEntry, SubOpts,
    UserProperty, v3_1_1, v5_0,
};
use mqtt_protocol_core::mqtt::result_code::{DisconnectReasonCode, MqttError};
use session::link::{Mqtt, Publication, Version};

fn quality(qos: u8) -> Qos {
    match qos {
        0 => Qos::AtMostOnce,
        1 => Qos::AtLeastOnce,
        _ => Qos::ExactlyOnce,
    }
}

pub(super) fn connect(
    version: Version,
    settings: &Mqtt,
    credentials: Option<&Credentials>,
) -> Result<Packet, MqttError> {
    let (id, keep_alive) = (settings.client_id.as_str(), settings.keep_alive_s);
    let user = credentials.map(|known| known.username.as_str()).or(settings.username.as_deref());
    let user = user.filter(|user| !user.is_empty());
    let password = credentials.map(|known| known.password.as_bytes().to_vec());
    // The two builders are alike and have no type in common.
    macro_rules! with_the_rest {
        ($packet:expr, $password:expr) => {{
            let mut packet = $packet.keep_alive(keep_alive);
            if let Some(will) = &settings.will {
                let (topic, payload) = (will.topic.as_str(), will.payload.as_bytes().to_vec());
                packet = packet.will_message(topic, payload, quality(will.qos), will.retain)?;
            }
            if let Some(user) = user {
                packet = packet.user_name(user)?;
            }
            if let Some(password) = $password {
                packet = packet.password(password)?;
            }
            Ok(packet.build()?.into())
        }};
    }
    match version {
        Version::V5 => {
            let mut packet = v5_0::Connect::builder().client_id(id)?.clean_start(settings.clean_start);
            if settings.session_expiry_s > 0 {
                let expiry = Property::SessionExpiryInterval(SessionExpiryInterval::new(settings.session_expiry_s)?);
                packet = packet.props(vec![expiry]);
            }
            with_the_rest!(packet, password)
        }
        Version::V311 => {
            let packet = v3_1_1::Connect::builder().client_id(id)?.clean_session(settings.clean_start);
            // Without a user there is no password in this version (MQTT-3.1.2-22).
            with_the_rest!(packet, password.filter(|_| user.is_some()))
        }
    }
}

pub(super) fn subscribe(version: Version, filters: &[(String, u8)], number: u16) -> Result<Packet, MqttError> {
    let entry = |(filter, qos): &(String, u8)| SubEntry::new(filter.as_str(), SubOpts::new().set_qos(quality(*qos)));
    let entries = filters.iter().map(entry).collect::<Result<Vec<_>, _>>()?;
    match version {
        Version::V5 => Ok(v5_0::Subscribe::builder().packet_id(number).entries(entries).build()?.into()),
        Version::V311 => Ok(v3_1_1::Subscribe::builder().packet_id(number).entries(entries).build()?.into()),
    }
}

pub(super) fn publish(version: Version, publication: &Publication, number: Option<u16>) -> Result<Packet, MqttError> {
    let Publication { topic, payload, qos, retain, properties } = publication;
    match version {
        Version::V5 => {
            let mut props = Vec::new();
            if !properties.content_type.is_empty() {
                props.push(Property::ContentType(ContentType::new(properties.content_type.as_str())?));
            }
            if !properties.response_topic.is_empty() {
                props.push(Property::ResponseTopic(ResponseTopic::new(properties.response_topic.as_str())?));
            }
            if !properties.correlation.is_empty() {
                props.push(Property::CorrelationData(CorrelationData::new(properties.correlation.clone())?));
            }
            for (name, value) in &properties.user {
                props.push(Property::UserProperty(UserProperty::new(name.as_str(), value.as_str())?));
            }
            let packet = v5_0::Publish::builder().topic_name(topic.as_str())?.qos(quality(*qos)).retain(*retain);
            let packet = packet.packet_id(number).payload(payload.clone()).props(props);
            Ok(packet.build()?.into())
        }
        // What stands beside a payload has no place in this version.
        Version::V311 => {
            let packet = v3_1_1::Publish::builder().topic_name(topic.as_str())?.qos(quality(*qos)).retain(*retain);
            Ok(packet.packet_id(number).payload(payload.clone()).build()?.into())
        }
    }
}

/// Why we go, where the version can say it.
pub(super) fn disconnect(version: Version, code: Option<u8>) -> Result<Packet, MqttError> {
    match version {
        Version::V5 => {
            let packet = v5_0::Disconnect::builder();
            let packet = match code.and_then(|code| DisconnectReasonCode::try_from(code).ok()) {
                Some(code) => packet.reason_code(code),
                None => packet,
            };
            Ok(packet.build()?.into())
        }
        Version::V311 => Ok(v3_1_1::Disconnect::builder().build()?.into()),
    }
}
