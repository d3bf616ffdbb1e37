//! The page's entry.

fn main() {
    console_error_panic_hook::set_once();
    ferrule_web::browser::trusted::install();
    leptos::mount::mount_to_body(ferrule_web::app::App);
}
