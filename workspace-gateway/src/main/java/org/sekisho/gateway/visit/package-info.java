/**
 * What a sandbox reaches of the gateway: one UNIX socket with the project's data, behind which stand the same questions
 * and the same log as behind every other door; and the runs of notebooks in sandboxes that nobody watches. Takes
 * requests and files of whoever works inside, believes none of them, and gives data of that project alone. Results of
 * statements stream into the sandbox and are not kept; files leave only as held outputs.
 */
@NullMarked
package org.sekisho.gateway.visit;

import org.jspecify.annotations.NullMarked;
