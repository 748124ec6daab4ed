package org.sekisho.engine.worker;

import org.sekisho.engine.catalog.Text;

/**
 * The isolation that workers run under.
 *
 * @param isolated whether the operating system keeps a worker from the network and from other files
 * @param mechanism {@code runc} or {@code none}
 * @param words one sentence for the start page, the log and the operator
 */
public record SandboxStatus(boolean isolated, String mechanism, Text words) {}
