package org.sekisho.gateway.catalogue;

import java.util.Optional;
import org.sekisho.engine.catalog.Dataset;
import org.sekisho.engine.vault.Snapshot;

/**
 * A data set in Turtle, in the mandatory properties of HealthDCAT-AP release 6 for non-public data, as far as the
 * catalogue knows them.
 */
public final class HealthDcat {
    private static final String PREFIXES = """
            @prefix dcat: <http://www.w3.org/ns/dcat#> .
            @prefix dcatap: <http://data.europa.eu/r5r/> .
            @prefix dct: <http://purl.org/dc/terms/> .
            @prefix foaf: <http://xmlns.com/foaf/0.1/> .
            @prefix healthdcatap: <http://healthdataportal.eu/ns/health#> .
            @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

            """;
    private static final String THEME = "http://publications.europa.eu/resource/authority/data-theme/HEAL";
    private static final String NON_PUBLIC = "http://publications.europa.eu/resource/authority/access-right/NON_PUBLIC";

    private HealthDcat() {}

    /** @param address under which the data set is described */
    public static String turtle(Dataset dataset, Optional<Snapshot> snapshot, String address) {
        var text = new StringBuilder(PREFIXES);
        text.append('<').append(address).append("> a dcat:Dataset ;\n");
        words(text, "dct:title", dataset.title().ja(), dataset.title().en());
        words(
                text,
                "dct:description",
                dataset.description().ja(),
                dataset.description().en());
        property(text, "dct:identifier", literal(dataset.id()));
        property(text, "dct:publisher", "[ a foaf:Agent ; foaf:name " + literal(dataset.publisher()) + " ]");
        property(text, "dct:accessRights", "<" + NON_PUBLIC + ">");
        property(text, "dcatap:applicableLegislation", "<http://data.europa.eu/eli/reg/2025/327/oj>");
        property(text, "dcat:theme", "<" + THEME + ">");
        property(text, "healthdcatap:healthCategory", literal("art. 51(1)(" + dataset.healthCategory() + ")"));
        dataset.keywords().forEach(keyword -> property(text, "dcat:keyword", literal(keyword)));
        snapshot.ifPresent(newest -> {
            property(text, "dct:modified", literal(newest.loaded().toString()) + "^^xsd:dateTime");
            property(text, "healthdcatap:numberOfUniqueIndividuals", Long.toString(newest.persons()));
            property(
                    text,
                    "healthdcatap:numberOfRecords",
                    Long.toString(newest.rows().values().stream()
                            .mapToLong(Long::longValue)
                            .sum()));
        });
        text.append("    dcat:landingPage <").append(address).append("> .\n");
        return text.toString();
    }

    private static void words(StringBuilder text, String name, String ja, String en) {
        property(text, name, literal(ja) + "@ja , " + literal(en) + "@en");
    }

    private static void property(StringBuilder text, String name, String value) {
        text.append("    ").append(name).append(' ').append(value).append(" ;\n");
    }

    private static String literal(String words) {
        var text = new StringBuilder("\"");
        for (int i = 0; i < words.length(); i++) {
            var c = words.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                default -> text.append(c);
            }
        }
        return text.append('"').toString();
    }
}
