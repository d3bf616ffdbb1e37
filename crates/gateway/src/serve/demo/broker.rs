//! What a broker knows: who listens to what, and what is retained. It keeps no sessions, and hands on at QoS 0.

use super::lock;
use mqtt_protocol_core::mqtt::result_code::DisconnectReasonCode as Code;
use session::topic::Filter;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, OnceLock};
use tokio::sync::mpsc;

/// Messages that wait for a client that does not read; then it is told so and let go.
const QUEUE: usize = 8192;
/// Topics of clients of which the last message is retained; what comes for others then is not. The simulated devices' own
/// are beside these: they are as many as was asked for.
const MOST_RETAINED: usize = 10_000;
/// Filters of one client.
const MOST_FILTERS: usize = 100;

/// A message on its way.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Message {
    pub(super) topic: String,
    pub(super) payload: Vec<u8>,
}

/// The broker.
#[derive(Default)]
pub(super) struct Broker(Mutex<State>);

#[derive(Default)]
struct State {
    retained: BTreeMap<String, Arc<Message>>,
    /// Of these, topics that a client retained first.
    foreign: BTreeSet<String>,
    clients: HashMap<u64, Client>,
    last: u64,
}

struct Client {
    id: String,
    filters: Vec<Subscribed>,
    queue: mpsc::Sender<Arc<Message>>,
    why: Why,
}

struct Subscribed {
    written: String,
    filter: Filter,
    /// Its own messages do not come back (MQTT 5.0, section 3.8.3.1).
    no_local: bool,
}

/// Why a client was let go.
type Why = Arc<OnceLock<Code>>;

/// A client's place.
pub(super) struct Place {
    pub(super) number: u64,
    pub(super) id: String,
    /// What comes for it. Ends when it was let go.
    pub(super) queue: mpsc::Receiver<Arc<Message>>,
    pub(super) why: Why,
}

impl Broker {
    /// A client comes; without a name it is given one. Whoever was there under its name goes (section 3.1.4).
    pub(super) fn join(&self, id: &str) -> Place {
        let (sender, queue) = mpsc::channel(QUEUE);
        let why = Why::default();
        let mut state = lock(&self.0);
        state.last = state.last.wrapping_add(1);
        let number = state.last;
        let id = if id.is_empty() { format!("demo-{number}") } else { id.to_owned() };
        state.clients.retain(|_, client| {
            let same = client.id == id;
            if same {
                let _ = client.why.set(Code::SessionTakenOver);
            }
            !same
        });
        let client = Client { id: id.clone(), filters: Vec::new(), queue: sender, why: Arc::clone(&why) };
        state.clients.insert(number, client);
        Place { number, id, queue, why }
    }

    pub(super) fn leave(&self, number: u64) {
        lock(&self.0).clients.remove(&number);
    }

    /// Subscribes a client; the topics that are retained for the filter.
    ///
    /// # Errors
    /// A reason code of SUBACK (section 3.9.3).
    pub(super) fn subscribe(&self, number: u64, written: &str, no_local: bool) -> Result<Vec<Arc<Message>>, u8> {
        if written.starts_with("$share/") {
            return Err(0x9e);
        }
        let filter = Filter::parse(written).map_err(|_| 0x8f)?;
        let mut state = lock(&self.0);
        let kept = state.retained.iter().filter(|(topic, _)| filter.matches(topic)).map(|(_, kept)| Arc::clone(kept));
        let kept = kept.collect();
        let client = state.clients.get_mut(&number).ok_or(0x80)?;
        client.filters.retain(|known| known.written != written);
        if client.filters.len() >= MOST_FILTERS {
            return Err(0x97);
        }
        client.filters.push(Subscribed { written: written.to_owned(), filter, no_local });
        Ok(kept)
    }

    /// Takes a subscription back; whether there was one.
    pub(super) fn unsubscribe(&self, number: u64, written: &str) -> bool {
        let mut state = lock(&self.0);
        let Some(client) = state.clients.get_mut(&number) else { return false };
        let before = client.filters.len();
        client.filters.retain(|known| known.written != written);
        client.filters.len() < before
    }

    /// Hands a message to whoever has subscribed to it, once. A simulated device's own is `from` 0.
    pub(super) fn publish(&self, topic: &str, payload: &[u8], retain: bool, from: u64) {
        let message = Arc::new(Message { topic: topic.to_owned(), payload: payload.to_vec() });
        let mut state = lock(&self.0);
        if retain && payload.is_empty() {
            state.retained.remove(topic);
            state.foreign.remove(topic);
        } else if retain {
            state.retain(topic, &message, from);
        }
        state.clients.retain(|number, client| {
            let wants = |known: &Subscribed| !(known.no_local && *number == from) && known.filter.matches(topic);
            if !client.filters.iter().any(wants) {
                return true;
            }
            let taken = client.queue.try_send(Arc::clone(&message)).is_ok();
            if !taken {
                let _ = client.why.set(Code::QuotaExceeded);
            }
            taken
        });
    }
}

impl State {
    fn retain(&mut self, topic: &str, message: &Arc<Message>, from: u64) {
        if from != 0 && !self.retained.contains_key(topic) {
            if self.foreign.len() >= MOST_RETAINED {
                return;
            }
            self.foreign.insert(topic.to_owned());
        }
        self.retained.insert(topic.to_owned(), Arc::clone(message));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
    use super::*;

    fn heard(place: &mut Place) -> Vec<(String, Vec<u8>)> {
        std::iter::from_fn(|| place.queue.try_recv().ok()).map(|m| (m.topic.clone(), m.payload.clone())).collect()
    }

    #[test]
    fn a_message_goes_once_to_whoever_wants_it() {
        let broker = Broker::default();
        let (mut one, mut two) = (broker.join("one"), broker.join("two"));
        broker.subscribe(one.number, "site/+/state", false).unwrap();
        broker.subscribe(one.number, "site/#", false).unwrap();
        broker.subscribe(two.number, "site/a/state", true).unwrap();
        broker.publish("site/a/state", b"1", false, two.number);
        broker.publish("other", b"2", false, 0);
        assert_eq!(heard(&mut one), [("site/a/state".to_owned(), b"1".to_vec())]);
        assert!(heard(&mut two).is_empty(), "its own came back");
        assert!(broker.unsubscribe(one.number, "site/#") && !broker.unsubscribe(one.number, "site/#"));
    }

    #[test]
    fn the_last_message_is_retained_until_an_empty_one_comes() {
        let broker = Broker::default();
        let one = broker.join("one");
        broker.publish("a", b"1", true, 0);
        broker.publish("a", b"2", true, 0);
        broker.publish("a", b"3", false, 0);
        let kept = broker.subscribe(one.number, "#", false).unwrap();
        assert_eq!((kept.len(), kept[0].payload.as_slice()), (1, &b"2"[..]));
        broker.publish("a", b"", true, 0);
        assert!(broker.subscribe(one.number, "#", false).unwrap().is_empty());
        assert_eq!(broker.subscribe(one.number, "a/b#", false), Err(0x8f));
        assert_eq!(broker.subscribe(one.number, "$share/g/a", false), Err(0x9e));
    }

    #[test]
    fn all_simulated_devices_are_retained_and_of_a_client_so_many() {
        let broker = Broker::default();
        let one = broker.join("one");
        for device in 0..=MOST_RETAINED {
            broker.publish(&format!("site/{device}"), b"x", true, 0);
            broker.publish(&format!("mine/{device}"), b"x", true, one.number);
        }
        broker.publish("site/0", b"y", true, one.number);
        let kept = |filter: &str| broker.subscribe(one.number, filter, false).unwrap().len();
        assert_eq!((kept("site/#"), kept("mine/#")), (MOST_RETAINED + 1, MOST_RETAINED));
    }

    #[test]
    fn whoever_does_not_read_is_let_go_and_so_is_one_whose_name_is_taken() {
        let broker = Broker::default();
        let (one, mut two) = (broker.join("one"), broker.join("two"));
        broker.subscribe(one.number, "a", false).unwrap();
        for _ in 0..=QUEUE {
            broker.publish("a", b"x", false, 0);
        }
        assert_eq!(one.why.get(), Some(&Code::QuotaExceeded));
        let _again = broker.join("two");
        assert_eq!(two.why.get(), Some(&Code::SessionTakenOver));
        assert!(two.queue.try_recv().is_err());
    }
}
