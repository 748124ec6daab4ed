/**
 * Entries in the words of those who collect logs: OCSF, ECS, CEF, syslog. One line an entry, with the entry's place and
 * its leaf hash in it, so that a copy can be held against the log. The log itself stays what is proved.
 */
@NullMarked
package org.sekisho.gateway.audit.export;

import org.jspecify.annotations.NullMarked;
