//! The list of commands an encoder lends out.

use crate::Schema;
use crate::schema::OwnedSchema;
use alloc::vec::Vec;
use self_cell::self_cell;

type Schemas<'a> = Vec<Schema<'a>>;

self_cell!(
    /// Schemas, and the list that borrows them.
    pub(crate) struct Commands {
        owner: Vec<OwnedSchema>,
        #[covariant]
        dependent: Schemas,
    }
);

impl Commands {
    pub(crate) fn list(schemas: Vec<OwnedSchema>) -> Self {
        Self::new(schemas, |schemas| schemas.iter().map(OwnedSchema::schema).collect())
    }

    pub(crate) fn schemas(&self) -> &[Schema<'_>] {
        self.borrow_dependent()
    }
}
