/**
 * Encryption at rest, a key for each project. Takes the master key that the gateway is started with; gives the folders of
 * projects, whose files lie on the disk as ciphertext, and forgets a project's key for good when the project is closed.
 * Keys of projects are on the disk only wrapped by the master key, which itself never is; no key reaches a log, a message
 * or a command line, and nothing of a project is written where its folder is not mounted.
 */
@NullMarked
package org.sekisho.gateway.encryption;

import org.jspecify.annotations.NullMarked;
