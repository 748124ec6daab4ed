package org.sekisho.gateway.alert;

import org.sekisho.engine.catalog.Text;

/**
 * The alerts of one rule that began within some time.
 *
 * @param title as the newest of them has it
 * @param open not acknowledged yet
 * @param measures that were taken, undone since or not
 */
public record Raised(String rule, Severity severity, Text title, long raised, long open, long measures) {
    public long acknowledged() {
        return raised - open;
    }
}
