//! Brokers: what is subscribed to, and as whom.

use super::super::{Broker, Mistake};
use super::{Checker, written};
use session::Language;
use session::topic::Filter;
use std::ops::Range;

impl Checker<'_> {
    pub(super) fn broker(
        &self,
        target: &written::Target,
        span: &Range<usize>,
        at: (String, u16, bool),
    ) -> Result<Broker, Mistake> {
        let mut topics = Vec::new();
        for topic in &target.topics {
            let filter = Filter::parse(topic.get_ref());
            let filter = filter.map_err(|why| self.wrong(topic, why.say(Language::English).to_owned()))?;
            topics.push(filter.on_wire());
        }
        if topics.is_empty() {
            let what = "this target needs `topics`, as topics = [\"meters/#\"]: what the gateway subscribes to";
            return Err(Mistake::at(self.text, span, what));
        }
        let login = match (self.user(target)?, self.password(target)?) {
            (Some(user), password) => Some((user, password)),
            (None, None) => None,
            // MQTT-3.1.2-22.
            (None, Some(_)) => return Err(Mistake::at(self.text, span, "a password is of no use without `user`")),
        };
        let (host, port, local) = at;
        Ok(Broker { host, port, local, login, tls: self.tls(target)?, topics })
    }
}
