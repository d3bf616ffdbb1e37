//! A tab: what a person does in it, and what they see. Controls are found by role and accessible name, as a screen
//! reader finds them, and operated with the mouse and the keyboard.

use crate::cdp::{Cdp, Event};
use crate::failure::{Failure, Outcome};
use base64::Engine;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

mod control;
mod look;

pub use look::Look;

/// How long to wait for something that should be there soon, on a machine that may be busy.
pub const SOON: Duration = Duration::from_secs(30);

/// A tab in a browser context of its own: no storage, cookies or caches from another.
pub struct Tab<'b> {
    pub(crate) cdp: &'b mut Cdp,
    pub(crate) session: String,
    context: String,
    workers: Vec<String>,
    /// The service worker, once it is listened to.
    service: Option<String>,
    problems: Vec<String>,
    requests: Vec<String>,
    /// The browser asks whether the page shall be left.
    asks: bool,
    /// How often a page was loaded.
    loads: u32,
}

impl<'b> Tab<'b> {
    /// Opens a tab that stands at an address of this origin where there is nothing. Inside the mocked system a process
    /// for pages sometimes hangs before it has begun (the preloaded libraries and a fork without the zygote), be it that of
    /// the new tab or that of the origin; nothing of the console is loaded then, and another tab will do.
    pub fn open(cdp: &'b mut Cdp, origin: &str) -> Result<Self, Failure> {
        let (context, session) = Self::responding(cdp, origin).or_else(|_| Self::responding(cdp, origin))?;
        Self::prepare(cdp, context, session)
    }

    /// A context and a session of a tab that answers, before and after it went to the origin.
    fn responding(cdp: &mut Cdp, origin: &str) -> Result<(String, String), Failure> {
        const BEGIN: Duration = Duration::from_secs(20);
        let context = text(&cdp.call_within(SOON, "", "Target.createBrowserContext", json!({}))?["browserContextId"]);
        let options = json!({ "url": "about:blank", "browserContextId": context, "width": 1280, "height": 800 });
        let target = text(&cdp.call_within(SOON, "", "Target.createTarget", options)?["targetId"]);
        let attach = json!({ "targetId": target, "flatten": true });
        let session = text(&cdp.call_within(SOON, "", "Target.attachToTarget", attach)?["sessionId"]);
        let nothing = format!("{origin}/nothing-here");
        let mut answers = || {
            cdp.call_within(BEGIN, &session, "Page.enable", json!({}))?;
            cdp.call_within(BEGIN, &session, "Page.navigate", json!({ "url": nothing }))?;
            cdp.call_within(BEGIN, &session, "Runtime.evaluate", json!({ "expression": "1" }))
        };
        match answers() {
            Ok(_) => Ok((context, session)),
            Err(why) => {
                let dispose = json!({ "browserContextId": context });
                let _ = cdp.call_within(BEGIN, "", "Target.disposeBrowserContext", dispose);
                Err(why)
            }
        }
    }

    fn prepare(cdp: &'b mut Cdp, context: String, session: String) -> Result<Self, Failure> {
        let mut tab = Self {
            cdp,
            session,
            context,
            workers: Vec::new(),
            service: None,
            problems: Vec::new(),
            requests: Vec::new(),
            asks: false,
            loads: 0,
        };
        for method in ["DOM.enable", "Runtime.enable", "Log.enable", "Network.enable"] {
            tab.call(method, json!({}))?;
        }
        // Workers wait until their requests and complaints are being listened to.
        // The service worker does not: pages wait for it, and it serves more than one. See `listen_to_service_worker`.
        let all_but_it = json!([{ "type": "service_worker", "exclude": true }, {}]);
        let children =
            json!({ "autoAttach": true, "waitForDebuggerOnStart": true, "flatten": true, "filter": all_but_it });
        tab.call("Target.setAutoAttach", children)?;
        tab.call("Emulation.setFocusEmulationEnabled", json!({ "enabled": true }))?;
        let watch = "addEventListener('securitypolicyviolation', e => console.error('CSP violation: ' + \
                     e.violatedDirective + ' ' + e.blockedURI));";
        tab.call("Page.addScriptToEvaluateOnNewDocument", json!({ "source": watch }))?;
        Ok(tab)
    }

    /// Whether the page answers at all.
    pub fn answers(&mut self) -> Outcome {
        let one = json!({ "expression": "1" });
        self.cdp.call_within(Duration::from_secs(20), &self.session, "Runtime.evaluate", one).map(drop)
    }

    /// Calls a protocol method on the page.
    pub fn call(&mut self, method: &str, params: Value) -> Result<Value, Failure> {
        self.cdp.call(&self.session, method, params)
    }

    /// The whole browser stands still for so long, as it does while the computer sleeps.
    pub fn asleep(&mut self, long: Duration) -> Outcome {
        let told = self.cdp.call("", "SystemInfo.getProcessInfo", json!({}))?;
        let ids = told["processInfo"].as_array().into_iter().flatten().filter_map(|process| process["id"].as_i64());
        let all: Vec<Pid> = ids.filter_map(|id| Pid::from_raw(i32::try_from(id).ok()?)).collect();
        let stopped = all.iter().map(|id| kill_process(*id, Signal::STOP)).filter(Result::is_ok).count();
        sleep(long);
        let goes_on = all.iter().map(|id| kill_process(*id, Signal::CONT)).filter(Result::is_ok).count();
        crate::ensure!(stopped > 1 && goes_on == stopped, "of the browser's processes {stopped} stood still");
        Ok(())
    }

    /// The user has let pages of this origin reach devices of their own machine, or not.
    pub fn permit_loopback(&mut self, origin: &str, allowed: bool) -> Outcome {
        let params = json!({
            "permission": { "name": "loopback-network" }, "setting": if allowed { "granted" } else { "denied" },
            "origin": origin, "browserContextId": self.context,
        });
        self.cdp.call("", "Browser.setPermission", params).map(drop)
    }

    /// Goes to an address.
    pub fn go(&mut self, url: &str) -> Result<(), Failure> {
        let result = self.call("Page.navigate", json!({ "url": url }))?;
        match result["errorText"].as_str() {
            None | Some("") => self.pump(),
            Some(why) => Err(format!("{url}: {why}").into()),
        }
    }

    /// Loads the page again.
    pub fn reload(&mut self) -> Result<(), Failure> {
        self.pump()?;
        let loads = self.loads;
        self.call("Page.reload", json!({}))?;
        // The browser answers before the page goes, and another address meanwhile may be one too many for it. Whoever
        // reloads what cannot be loaded gets no page.
        let _ = self.wait("the page anew", Duration::from_secs(5), |tab| Ok((tab.loads > loads).then_some(())));
        Ok(())
    }

    /// Loads the page again as a person does, who stays when the browser asks. Whether it asked.
    pub fn asks_before_reload(&mut self) -> Result<bool, Failure> {
        self.pump()?;
        let loads = self.loads;
        self.asks = false;
        self.cdp.leaves = false;
        // A script that waits for nothing: the page stands still while it is asked.
        self.eval("void setTimeout(() => location.reload(), 0)")?;
        let asked = self.wait("a question, or the page anew", SOON, |tab| {
            Ok(if tab.asks { Some(true) } else { (tab.loads > loads).then_some(false) })
        })?;
        if asked {
            self.call("Page.handleJavaScriptDialog", json!({ "accept": false }))?;
        }
        self.cdp.leaves = true;
        Ok(asked)
    }

    /// Runs a script in the page and returns its value; a promise is waited for.
    pub fn eval(&mut self, script: &str) -> Result<Value, Failure> {
        let options = json!({ "expression": script, "awaitPromise": true, "returnByValue": true });
        let mut result = self.call("Runtime.evaluate", options)?;
        if let Some(why) = result.get("exceptionDetails") {
            let words = why["exception"]["description"].as_str().or(why["text"].as_str()).unwrap_or("it threw");
            return Err(format!("script: {words}").into());
        }
        Ok(result["result"]["value"].take())
    }

    /// Runs a script in the worker that was started last, as it is, with nothing of the console made for it. What the
    /// script throws later is the worker's own error.
    pub fn in_worker(&mut self, script: &str) -> Result<(), Failure> {
        self.pump()?;
        let worker = self.workers.last().ok_or("there is no worker")?.clone();
        self.cdp.call(&worker, "Runtime.evaluate", json!({ "expression": script })).map(drop)
    }

    /// How many workers have been started so far.
    pub fn workers(&mut self) -> Result<usize, Failure> {
        self.pump()?;
        Ok(self.workers.len())
    }

    /// Asks again and again until there is an answer. `what` completes "within n s: ".
    pub fn wait<T>(
        &mut self,
        what: &str,
        limit: Duration,
        mut ask: impl FnMut(&mut Self) -> Result<Option<T>, Failure>,
    ) -> Result<T, Failure> {
        let end = Instant::now() + limit;
        let mut last = String::new();
        loop {
            self.pump()?;
            match ask(self) {
                Ok(Some(found)) => return Ok(found),
                Ok(None) => last.clear(),
                Err(why) => last = format!(" ({why})"), // a page that is being replaced refuses calls
            }
            if Instant::now() > end {
                return Err(format!("not within {} s: {what}{last}", limit.as_secs()).into());
            }
            sleep(Duration::from_millis(50));
        }
    }

    /// Everything a careful person would report: console errors, exceptions, failed requests, policy violations.
    pub fn problems(&mut self) -> Result<Vec<String>, Failure> {
        self.pump()?;
        Ok(std::mem::take(&mut self.problems))
    }

    /// The addresses requested so far, by the page and its workers.
    pub fn requests(&mut self) -> Result<Vec<String>, Failure> {
        self.pump()?;
        Ok(self.requests.clone())
    }

    /// From now on, the requests and complaints of this tab's service worker count as the tab's.
    pub fn listen_to_service_worker(&mut self) -> Outcome {
        let context = self.context.clone();
        let service = self.wait("a service worker", SOON, |tab| {
            let filter = json!([{ "type": "service_worker" }]);
            let found = tab.cdp.call("", "Target.getTargets", json!({ "filter": filter }))?;
            let ours = |target: &&Value| target["browserContextId"] == context.as_str();
            let target = found["targetInfos"].as_array().and_then(|targets| targets.iter().find(ours)).cloned();
            Ok(target.map(|target| target["targetId"].clone()))
        })?;
        let attach = json!({ "targetId": service, "flatten": true });
        let session = text(&self.cdp.call("", "Target.attachToTarget", attach)?["sessionId"]);
        for method in ["Runtime.enable", "Network.enable"] {
            self.cdp.call(&session, method, json!({}))?;
        }
        self.service = Some(session);
        Ok(())
    }

    /// Opens another tab beside this one, in the same browser context, and returns what closes it again.
    pub fn open_beside(&mut self, url: &str) -> Result<String, Failure> {
        self.open_another(url, true)
    }

    /// The same in front of this one.
    pub fn open_in_front(&mut self, url: &str) -> Result<String, Failure> {
        self.open_another(url, false)
    }

    fn open_another(&mut self, url: &str, background: bool) -> Result<String, Failure> {
        let options = json!({ "url": url, "browserContextId": self.context, "background": background });
        Ok(text(&self.cdp.call("", "Target.createTarget", options)?["targetId"]))
    }

    /// Closes a tab that was opened beside this one.
    pub fn close_beside(&mut self, target: &str) -> Outcome {
        self.cdp.call("", "Target.closeTarget", json!({ "targetId": target })).map(drop)
    }

    /// Takes a picture of what is in view.
    pub fn picture(&mut self, file: &Path) -> Result<(), Failure> {
        let data = self.call("Page.captureScreenshot", json!({ "format": "png" }))?;
        let bytes = base64::engine::general_purpose::STANDARD
            .decode(data["data"].as_str().unwrap_or_default())
            .map_err(|why| format!("screenshot: {why}"))?;
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(file, bytes)?;
        Ok(())
    }

    /// Takes in what the browser said meanwhile.
    pub fn pump(&mut self) -> Result<(), Failure> {
        for event in self.cdp.events()? {
            if event.method == "Target.attachedToTarget" {
                self.adopt(&event)?;
            } else if event.session == self.session
                || self.workers.contains(&event.session)
                || self.service.as_ref() == Some(&event.session)
            {
                self.note(&event);
            }
        }
        Ok(())
    }

    /// Listens to a worker, then lets it run.
    fn adopt(&mut self, event: &Event) -> Result<(), Failure> {
        let worker = text(&event.params["sessionId"]);
        self.workers.push(worker.clone());
        for method in ["Runtime.enable", "Log.enable", "Network.enable", "Runtime.runIfWaitingForDebugger"] {
            // A worker may lack a domain, or be gone already.
            let _ = self.cdp.call(&worker, method, json!({}));
        }
        Ok(())
    }

    fn note(&mut self, event: &Event) {
        let params = &event.params;
        match event.method.as_str() {
            "Network.requestWillBeSent" => self.requests.push(text(&params["request"]["url"])),
            "Page.javascriptDialogOpening" => self.asks |= params["type"] == "beforeunload",
            "Page.loadEventFired" => self.loads += 1,
            "Network.webSocketCreated" => self.requests.push(text(&params["url"])),
            "Runtime.exceptionThrown" => {
                let details = &params["exceptionDetails"];
                let words = details["exception"]["description"].as_str().or(details["text"].as_str());
                self.problems.push(format!("exception: {}", words.unwrap_or("?")));
            }
            "Runtime.consoleAPICalled" if matches!(params["type"].as_str(), Some("error" | "assert")) => {
                let words: Vec<String> = params["args"].as_array().into_iter().flatten().map(spoken).collect();
                self.problems.push(format!("console: {}", words.join(" ")));
            }
            "Log.entryAdded" if params["entry"]["level"].as_str() == Some("error") => {
                let entry = &params["entry"];
                // Asked for at the address where there is nothing; the console names its icon itself.
                if text(&entry["url"]).ends_with("/favicon.ico") {
                    return;
                }
                self.problems.push(format!("log: {} {}", text(&entry["text"]), text(&entry["url"])));
            }
            _ => {}
        }
    }
}

impl Drop for Tab<'_> {
    fn drop(&mut self) {
        let _ = self.cdp.call("", "Target.disposeBrowserContext", json!({ "browserContextId": self.context }));
    }
}

/// A string out of an answer; empty if it is none.
pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn spoken(argument: &Value) -> String {
    match (&argument["value"], argument["description"].as_str()) {
        (Value::String(words), _) => words.clone(),
        (_, Some(words)) => words.to_owned(),
        (other, None) => other.to_string(),
    }
}
