/**
 * What members bring in. Takes uploads in pieces, keeps them in a quarantine that only the gateway reads, has them
 * scanned and looked through, and after a steward's word puts them, read-only and by their SHA-256, where the next
 * workspace of the project sees them; container images become roots that its workspaces are made of. There is no way
 * back: no bytes of an input ever leave through the gateway.
 */
@NullMarked
package org.sekisho.gateway.ingress;

import org.jspecify.annotations.NullMarked;
