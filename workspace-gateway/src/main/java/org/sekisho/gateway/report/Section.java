package org.sekisho.gateway.report;

import org.sekisho.engine.catalog.Text;

/** Figures that stand together. */
@SuppressWarnings("ImmutableEnumChecker") // words do not change
enum Section {
    SIGN_INS("サインイン", "Sign-ins"),
    DESKTOPS("セッションとデスクトップ", "Sessions and desktops"),
    QUERIES("問合せとノートブック", "Queries and notebooks"),
    OUTPUTS("成果物", "Outputs"),
    WATCH("措置と運用", "Measures and operation");

    private final Text title;

    Section(String ja, String en) {
        title = new Text(ja, en);
    }

    Text title() {
        return title;
    }
}
