package org.sekisho.gateway;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.sekisho.gateway.identity.Assurance;
import org.sekisho.gateway.identity.Role;
import org.sekisho.gateway.identity.Training;

@AnalyzeClasses(packages = "org.sekisho.gateway", importOptions = DoNotIncludeTests.class)
final class GatewayArchitectureTest {
    /** Those that hold the SQL of their package, and the plain DuckDB that a bench compares with. */
    private static final String TABLES =
            ".*\\.(Jobs|Projects|Closings|Applications|Outputs|Inputs|Adoption|IdentityTables|RecordingTable|AlertTable|UsageTable|DuckDbPeer|WorkspaceTable|FactorTables|PeopleTables)(\\$.*)?";

    @ArchTest
    static final ArchRule tokensOnlyInIdentity = noClasses()
            .that()
            .resideOutsideOfPackage("..gateway.identity..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.jsonwebtoken..");

    @ArchTest
    static final ArchRule signInProtocolsOnlyInIdentity = noClasses()
            .that()
            .resideOutsideOfPackage("..gateway.identity..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.nimbusds..", "com.webauthn4j..");

    @ArchTest
    static final ArchRule guacamoleOnlyInTheDesktop = noClasses()
            .that()
            .resideOutsideOfPackage("..gateway.desktop..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.guacamole..");

    @ArchTest
    static final ArchRule ofGuacamoleOnlySocketsAndItsProtocol = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("org.apache.guacamole..")
                    .and(resideOutsideOfPackages(
                            "org.apache.guacamole",
                            "org.apache.guacamole.io..",
                            "org.apache.guacamole.net",
                            "org.apache.guacamole.protocol..")));

    @ArchTest
    static final ArchRule sqlOnlyInTheStoreAndTheClassesThatHoldTables = noClasses()
            .that()
            .resideOutsideOfPackage("..gateway.store..")
            .and()
            .haveNameNotMatching(TABLES)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.jdbi..", "org.sqlite..", "org.flywaydb..");

    @ArchTest
    static final ArchRule noCyclesBetweenPackages =
            slices().matching("org.sekisho.gateway.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theLogKnowsNothingElseOfTheGateway = noClasses()
            .that()
            .resideInAPackage("..gateway.audit..")
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage("org.sekisho..").and(resideOutsideOfPackages("org.sekisho.gateway.audit..")));

    @ArchTest
    static final ArchRule accessIsPure = classes()
            .that()
            .resideInAPackage("..gateway.access..")
            .should()
            .onlyDependOnClassesThat(
                    resideInAnyPackage("org.sekisho.gateway.access..", "java.lang..", "java.util..", "org.jspecify..")
                            .or(type(Role.class))
                            .or(type(Role[].class))
                            .or(type(Assurance.class))
                            .or(type(Training.class))
                            .or(type(Training[].class)));

    @ArchTest
    static final ArchRule theVerifierNeedsTheJdkAlone = classes()
            .that()
            .resideInAPackage("..gateway.audit.verify..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "org.sekisho.gateway.audit.verify..",
                    "org.sekisho.gateway.audit.tlog..",
                    "java..",
                    "javax.net.ssl..",
                    "org.jspecify.."));

    @ArchTest
    static final ArchRule theFormatsOfTheLogNeedTheJdkAlone = classes()
            .that()
            .resideInAPackage("..gateway.audit.tlog..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "org.sekisho.gateway.audit.tlog..", "java..", "javax.crypto..", "org.jspecify.."));

    @ArchTest
    static final ArchRule theWitnessNeedsTheJdkAlone = classes()
            .that()
            .resideInAPackage("..gateway.audit.witness..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "org.sekisho.gateway.audit.witness..",
                    "org.sekisho.gateway.audit.tlog..",
                    "org.sekisho.gateway.audit.disk..",
                    "com.sun.net.httpserver..",
                    "java..",
                    "org.jspecify.."));
}
