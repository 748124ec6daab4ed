package org.sekisho.engine.sandbox;

import org.sekisho.engine.catalog.Text;

/**
 * The isolation that this machine gives to processes that are not trusted.
 *
 * @param isolated whether the operating system keeps such a process from the network and from other files
 * @param mechanism {@code runc} or {@code none}
 * @param words one sentence for the start page, the log and the operator
 */
public record SandboxStatus(boolean isolated, String mechanism, Text words) {}
