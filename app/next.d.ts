// What next-env.d.ts declares, without what it adds where there are pages of both of Next's routers: there the address of an
// app's page may be null, which it is only in pages that are made before anybody asks. None of ours is.

/// <reference types="next" />
/// <reference types="next/image-types/global" />
