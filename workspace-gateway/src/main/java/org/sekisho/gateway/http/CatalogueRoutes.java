package org.sekisho.gateway.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.sekisho.checker.release.Certificate;
import org.sekisho.engine.catalog.Dataset;
import org.sekisho.engine.catalog.Text;
import org.sekisho.engine.vault.Vault;
import org.sekisho.gateway.catalogue.Adoption;
import org.sekisho.gateway.catalogue.HealthDcat;
import org.sekisho.gateway.http.Route.Caller;
import org.sekisho.gateway.http.Route.Trace;
import org.sekisho.gateway.project.Projects;

/** The catalogue, and what anybody may know without signing in. */
final class CatalogueRoutes {
    private final Adoption adoption;
    private final Vault vault;
    private final Projects projects;
    private final ProjectRoutes register;
    private final Instance instance;
    private final PublicKey certificateKey;

    CatalogueRoutes(
            Adoption adoption,
            Vault vault,
            Projects projects,
            ProjectRoutes register,
            Instance instance,
            PublicKey certificateKey) {
        this.adoption = adoption;
        this.vault = vault;
        this.projects = projects;
        this.register = register;
        this.instance = instance;
        this.certificateKey = certificateKey;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", "/api/datasets", Caller.ANYBODY, Trace.NONE, this::list),
                new Route("GET", "/api/datasets/{dataset}", Caller.ANYBODY, Trace.NONE, this::one),
                new Route("GET", "/api/public/projects", Caller.ANYBODY, Trace.NONE, this::inPublic),
                new Route("GET", "/api/public/instance", Caller.ANYBODY, Trace.NONE, call -> Reply.ok(instance)),
                new Route("GET", "/api/openapi.yaml", Caller.ANYBODY, Trace.NONE, call -> description()),
                new Route("GET", "/api/certificate-key", Caller.ANYBODY, Trace.NONE, this::key));
    }

    private static Reply description() {
        try (var file = CatalogueRoutes.class.getResourceAsStream("/openapi.yaml")) {
            return Reply.bytes("application/yaml", Objects.requireNonNull(file).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Reply list(Call call) {
        return Lists.whole(call, adoption.datasets().stream().map(this::view).toList());
    }

    private Reply one(Call call) {
        var dataset = adoption.datasets().stream()
                .filter(found -> found.id().equals(call.path("dataset")))
                .findFirst()
                .orElseThrow(() -> new Refusal(Reason.NOT_FOUND));
        if (call.header("accept").orElse("").contains("text/turtle")) {
            var host = call.header("host").orElse("localhost");
            var turtle = HealthDcat.turtle(
                    dataset, vault.latest(dataset.id()), "http://" + host + "/api/datasets/" + dataset.id());
            return Reply.bytes("text/turtle; charset=utf-8", turtle.getBytes(StandardCharsets.UTF_8));
        }
        return Reply.ok(view(dataset).and("tables", dataset.tables()));
    }

    private Fields view(Dataset dataset) {
        var newest = vault.latest(dataset.id()).orElse(null);
        return Fields.of("id", dataset.id())
                .and("title", dataset.title())
                .and("description", dataset.description())
                .and("publisher", new Text(dataset.publisher(), dataset.publisher()))
                .and("keywords", dataset.keywords())
                .and("healthCategory", dataset.healthCategory())
                .and(
                        "snapshot",
                        newest == null
                                ? null
                                : Fields.of("id", newest.id())
                                        .and("loaded", newest.loaded())
                                        .and("persons", newest.persons())
                                        .and("rows", newest.rows()));
    }

    private Reply inPublic(Call call) {
        return Lists.whole(call, projects.all().stream().map(register::inPublic).toList());
    }

    private Reply key(Call call) {
        var encoded = certificateKey.getEncoded();
        return Reply.ok(Fields.of("key", Certificate.keyId(certificateKey))
                .and("algorithm", "Ed25519")
                .and(
                        "pem",
                        "-----BEGIN PUBLIC KEY-----\n" + Base64.getEncoder().encodeToString(encoded)
                                + "\n-----END PUBLIC KEY-----\n"));
    }
}
