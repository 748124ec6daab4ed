package org.sekisho.gateway.http;

import org.sekisho.engine.catalog.Text;

/** What anybody may know of this gateway: whether it shows invented data, and how its workers are kept apart. */
public record Instance(boolean demo, Sandbox sandbox, String version) {
    public record Sandbox(boolean isolated, Text text) {}
}
