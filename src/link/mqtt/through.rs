//! A broker that a gateway has subscribed to: its messages come as one stream, many at a time, and what is published goes
//! the same way. The MQTT client is the gateway's.

use super::super::tunnel::Speech;
use super::super::{Ask, LinkError, LinkErrorKind};
use crate::words::{link as words, mqtt};
use session::link::{Properties, Publication};
use session::query::Reached;
use session::tunnel::broker::{Fate, FromBroker, Messages};
use session::tunnel::encode;
use session::{Input, Message};

/// The stream of one tunnel.
#[derive(Default)]
pub(super) struct Through {
    messages: Messages,
}

impl Speech for Through {
    fn begin(&mut self, reached: Reached, _: &mut Vec<u8>) -> Reached {
        reached
    }

    fn receive(&mut self, bytes: &[u8], _: &mut Vec<u8>, deliver: &mut dyn FnMut(Input<'_>)) -> Result<(), LinkError> {
        let properties = Properties::default();
        let each = |said: FromBroker<'_>| {
            let came = match said {
                FromBroker::Published(came) => came,
                FromBroker::Denied { filter } => return deliver(Input::Remark(&mqtt::denied_to_gateway(filter))),
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
