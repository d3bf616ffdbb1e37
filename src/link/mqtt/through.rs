//! A broker that a gateway has subscribed to: its messages come as one stream, many at a time, and what is published goes
//! the same way. The MQTT client is the gateway's.

use super::super::tunnel::Speech;
use super::super::{Ask, LinkError, LinkErrorKind};
use crate::words::{link as words, mqtt};
use session::link::{Mqtt, Properties, Publication};
use session::query::Reached;
use session::topic::Filter;
use session::tunnel::broker::{Fate, FromBroker, Messages};
use session::tunnel::encode;
use session::{Input, Message};

/// The stream of one tunnel.
pub(super) struct Through {
    messages: Messages,
    /// What the profile asks for. The gateway may have subscribed to more, and others' messages are not this session's.
    filters: Vec<Filter>,
}

impl Through {
    pub(super) fn new(broker: &Mqtt) -> Through {
        Through { messages: Messages::default(), filters: broker.filters() }
    }
}

impl Speech for Through {
    fn asks_for(&self) -> Vec<String> {
        self.filters.iter().map(Filter::on_wire).collect()
    }

    fn begin(&mut self, reached: Reached, _: &mut Vec<u8>) -> Reached {
        reached
    }

    fn receive(&mut self, bytes: &[u8], _: &mut Vec<u8>, deliver: &mut dyn FnMut(Input<'_>)) -> Result<(), LinkError> {
        let properties = Properties::default();
        let each = |said: FromBroker<'_>| {
            let came = match said {
                FromBroker::Published(came) => came,
                FromBroker::Denied { filter } => {
                    return deliver(Input::NotSubscribed(&mqtt::denied_to_gateway(filter)));
                }
                // That its bytes have left was said before.
                FromBroker::Answered { topic, fate: Fate::Taken } => {
                    return deliver(Input::Published { topic, len: 0 });
                }
                FromBroker::Answered { topic, fate } => {
                    let why = match fate {
                        Fate::TooMany => mqtt::too_many().to_owned(),
                        _ => mqtt::not_a_message(topic),
                    };
                    return deliver(Input::NotPublished { topic, len: 0, why: &why });
                }
            };
            let (topic, payload) = (came.topic, came.payload);
            if !self.filters.iter().any(|filter| filter.matches(topic)) {
                return;
            }
            let (retained, duplicate) = (came.retained, came.duplicate);
            if came.left_out > 0 {
                deliver(Input::Remark(&mqtt::too_long(topic, came.left_out)));
                return deliver(Input::GivenUp(came.left_out));
            }
            deliver(Input::Message(Message { topic, payload, retained, duplicate, properties: &properties }));
        };
        let read = self.messages.read(bytes, each);
        read.map_err(|_| LinkError::new(LinkErrorKind::Unsupported, words::gateway_garbled()))
    }

    fn publish(&mut self, publication: &Publication, out: &mut Vec<u8>) {
        encode(publication, out);
    }

    // A broker takes nothing that has no topic.
    fn send(&mut self, _: &[u8], _: &mut Vec<u8>) {}

    fn ask(&mut self, _: Ask, _: &mut Vec<u8>, _: &mut dyn FnMut(Input<'_>)) -> Option<(i64, Ask)> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use session::link::Subscription;
    use session::tunnel::broker::Published;

    #[test]
    fn of_what_a_gateway_hands_over_a_session_takes_what_it_asks_for() {
        let topic = |filter: &str| Subscription { filter: filter.to_owned(), qos: 0 };
        let topics = vec![topic("meters/m2/#"), topic("alarms/{device}/state")];
        let mut through = Through::new(&Mqtt::new("/link/plant".to_owned(), topics));
        assert_eq!(through.asks_for(), ["meters/m2/#", "alarms/+/state"]);
        let mut stream = Vec::new();
        for topic in ["meters/m1/state", "meters/m2/state", "meters/m20", "alarms/m1/state", "alarms/m1", "$SYS/uptime"]
        {
            FromBroker::Published(Published { topic, payload: b"1", retained: false, duplicate: false, left_out: 0 })
                .write(&mut stream);
        }
        let mut heard = Vec::new();
        let mut deliver = |input: Input<'_>| match input {
            Input::Message(message) => heard.push(message.topic.to_owned()),
            other => panic!("{other:?}"),
        };
        assert!(through.receive(&stream, &mut Vec::new(), &mut deliver).is_ok());
        assert_eq!(heard, ["meters/m2/state", "alarms/m1/state"]);
    }
}
