package org.sekisho.gateway.ingress;

import org.sekisho.engine.catalog.Text;

/** One thing that the checks noticed. Its words may hold a name out of the input, made visible, never its bytes. */
public record Remark(Weight weight, Text message) {
    public enum Weight {
        /** Whoever looks may want to know. */
        INFO,
        /** A person should look before accepting. */
        LOOK,
        /** Not taken, whoever looks. */
        REFUSE
    }

    static Remark info(String ja, String en) {
        return new Remark(Weight.INFO, new Text(ja, en));
    }

    static Remark look(String ja, String en) {
        return new Remark(Weight.LOOK, new Text(ja, en));
    }

    static Remark refuse(String ja, String en) {
        return new Remark(Weight.REFUSE, new Text(ja, en));
    }
}
