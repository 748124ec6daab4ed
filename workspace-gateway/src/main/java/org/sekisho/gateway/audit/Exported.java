package org.sekisho.gateway.audit;

import java.util.function.UnaryOperator;

/**
 * An entry on its way to a collector.
 *
 * @param reference how the log itself names the actor
 * @param leaf RFC 6962 leaf hash of the entry, hexadecimal: what a copy is held against
 */
public record Exported(Entry entry, String reference, String leaf) {
    Exported shown(UnaryOperator<String> names) {
        return new Exported(Persons.shown(entry, names), reference, leaf);
    }
}
