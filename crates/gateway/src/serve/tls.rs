//! TLS 1.2 and 1.3 with the certificate that the file names.

use super::config::Tls;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::sync::Arc;
use tokio_rustls::TlsAcceptor;

/// Reads certificate and key.
///
/// # Errors
/// Files that cannot be read, hold none, or do not belong together.
pub(crate) fn acceptor(tls: &Tls) -> Result<TlsAcceptor, String> {
    let chain = CertificateDer::pem_file_iter(&tls.certificate)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|why| format!("{}: {why}", tls.certificate.display()))?;
    if chain.is_empty() {
        return Err(format!("{} holds no certificate in PEM", tls.certificate.display()));
    }
    let key = PrivateKeyDer::from_pem_file(&tls.key).map_err(|why| format!("{}: {why}", tls.key.display()))?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|why| why.to_string())?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(|why| format!("{} and {}: {why}", tls.certificate.display(), tls.key.display()))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}
