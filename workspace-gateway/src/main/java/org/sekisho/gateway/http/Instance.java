package org.sekisho.gateway.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.catalog.Text;

/**
 * What anybody may know of this gateway: whether it shows invented data, and how its workers are kept apart.
 *
 * @param provider the name of the provider by which people can sign in
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Instance(
        boolean demo,
        Sandbox sandbox,
        String version,
        @Nullable String provider) {
    public Instance(boolean demo, Sandbox sandbox, String version) {
        this(demo, sandbox, version, null);
    }

    public record Sandbox(boolean isolated, Text text) {}
}
