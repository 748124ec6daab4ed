package org.sekisho.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** Every route asks {@code access}, but those that are for everybody. */
@AnalyzeClasses(packages = "org.sekisho.gateway.http", importOptions = DoNotIncludeTests.class)
final class GateArchitectureTest {
    /** What anybody may do: come to the door, read what is public, and verify the log. */
    private static final Set<String> OPEN = Set.of(
            "SessionRoutes.signIn",
            "SessionRoutes.challenge",
            "SessionRoutes.signInWithPasskey",
            "ProviderRoutes.depart",
            "ProviderRoutes.arrive",
            "ProviderRoutes.signedOut",
            "PeopleRoutes.accept",
            "CatalogueRoutes.list",
            "CatalogueRoutes.one",
            "CatalogueRoutes.inPublic",
            "CatalogueRoutes.key",
            "AuditRoutes.checkpoint",
            "AuditRoutes.keys",
            "AuditRoutes.consistency",
            "AuditRoutes.hashes");

    @ArchTest
    static void everyHandlerPassesTheGate(JavaClasses classes) {
        var open = new TreeSet<String>();
        int asking = 0;
        for (var type : classes) {
            for (var method : type.getMethods()) {
                if (method.getName().equals("routes") && type.getSimpleName().endsWith("Routes")) {
                    for (var reference : method.getMethodReferencesFromSelf()) {
                        var handler = reference.getTarget().resolveMember().orElseThrow();
                        if (asks(handler, new HashSet<>())) {
                            asking++;
                        } else {
                            open.add(type.getSimpleName() + "." + handler.getName());
                        }
                    }
                }
            }
        }
        assertThat(asking).isGreaterThan(60);
        assertThat(open).isEqualTo(new TreeSet<>(OPEN));
    }

    /** Whether the gate is asked in it, or in what it calls of this package. */
    private static boolean asks(JavaCodeUnit unit, Set<JavaCodeUnit> seen) {
        if (!seen.add(unit)) {
            return false;
        }
        for (var call : unit.getMethodCallsFromSelf()) {
            var owner = call.getTargetOwner();
            if (owner.isEquivalentTo(Gate.class) && call.getName().equals("admit")) {
                return true;
            }
            var called = call.getTarget().resolveMember();
            if (owner.getPackageName().equals("org.sekisho.gateway.http")
                    && called.isPresent()
                    && asks(called.get(), seen)) {
                return true;
            }
        }
        return false;
    }
}
