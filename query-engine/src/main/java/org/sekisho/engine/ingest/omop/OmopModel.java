package org.sekisho.engine.ingest.omop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sekisho.engine.catalog.Column;
import org.sekisho.engine.catalog.ColumnKind;
import org.sekisho.engine.catalog.Dataset;
import org.sekisho.engine.catalog.Table;
import org.sekisho.engine.catalog.Text;

/**
 * The tables of the OMOP common data model 5.4 (ohdsi.github.io/CommonDataModel/cdm54.html). A minus marks a column that
 * is dropped on loading: source values, free text, days of birth, addresses, and keys that may point into any table.
 */
final class OmopModel {
    private static final String TABLES = """
            person|患者。|Persons.
            person_id gender_concept_id year_of_birth month_of_birth -day_of_birth -birth_datetime race_concept_id ethnicity_concept_id location_id provider_id care_site_id -person_source_value -gender_source_value -gender_source_concept_id -race_source_value -race_source_concept_id -ethnicity_source_value -ethnicity_source_concept_id
            observation_period|観察期間。|Spans of time in which a person's events are recorded.
            observation_period_id person_id observation_period_start_date observation_period_end_date period_type_concept_id
            visit_occurrence|受診。|Visits.
            visit_occurrence_id person_id visit_concept_id visit_start_date visit_start_datetime visit_end_date visit_end_datetime visit_type_concept_id provider_id care_site_id -visit_source_value visit_source_concept_id admitted_from_concept_id -admitted_from_source_value discharged_to_concept_id -discharged_to_source_value -preceding_visit_occurrence_id
            visit_detail|受診の内訳。|Parts of visits.
            visit_detail_id person_id visit_detail_concept_id visit_detail_start_date visit_detail_start_datetime visit_detail_end_date visit_detail_end_datetime visit_detail_type_concept_id provider_id care_site_id -visit_detail_source_value visit_detail_source_concept_id admitted_from_concept_id -admitted_from_source_value -discharged_to_source_value discharged_to_concept_id -preceding_visit_detail_id -parent_visit_detail_id visit_occurrence_id
            condition_occurrence|疾患・症状。|Conditions.
            condition_occurrence_id person_id condition_concept_id condition_start_date condition_start_datetime condition_end_date condition_end_datetime condition_type_concept_id condition_status_concept_id -stop_reason provider_id visit_occurrence_id visit_detail_id -condition_source_value condition_source_concept_id -condition_status_source_value
            drug_exposure|薬剤の使用。|Exposures to drugs.
            drug_exposure_id person_id drug_concept_id drug_exposure_start_date drug_exposure_start_datetime drug_exposure_end_date drug_exposure_end_datetime verbatim_end_date drug_type_concept_id -stop_reason refills quantity days_supply -sig route_concept_id -lot_number provider_id visit_occurrence_id visit_detail_id -drug_source_value drug_source_concept_id -route_source_value -dose_unit_source_value
            procedure_occurrence|処置・手術・検査の実施。|Procedures.
            procedure_occurrence_id person_id procedure_concept_id procedure_date procedure_datetime procedure_end_date procedure_end_datetime procedure_type_concept_id modifier_concept_id quantity provider_id visit_occurrence_id visit_detail_id -procedure_source_value procedure_source_concept_id -modifier_source_value
            device_exposure|医療機器の使用。|Exposures to devices.
            device_exposure_id person_id device_concept_id device_exposure_start_date device_exposure_start_datetime device_exposure_end_date device_exposure_end_datetime device_type_concept_id -unique_device_id -production_id quantity provider_id visit_occurrence_id visit_detail_id -device_source_value device_source_concept_id unit_concept_id -unit_source_value unit_source_concept_id
            measurement|検査結果・測定値。|Measurements.
            measurement_id person_id measurement_concept_id measurement_date measurement_datetime -measurement_time measurement_type_concept_id operator_concept_id value_as_number value_as_concept_id unit_concept_id range_low range_high provider_id visit_occurrence_id visit_detail_id -measurement_source_value measurement_source_concept_id -unit_source_value unit_source_concept_id -value_source_value -measurement_event_id -meas_event_field_concept_id
            observation|その他の所見。|Observations.
            observation_id person_id observation_concept_id observation_date observation_datetime observation_type_concept_id value_as_number -value_as_string value_as_concept_id qualifier_concept_id unit_concept_id provider_id visit_occurrence_id visit_detail_id -observation_source_value observation_source_concept_id -unit_source_value -qualifier_source_value -value_source_value -observation_event_id -obs_event_field_concept_id
            death|死亡。|Deaths.
            person_id death_date death_datetime death_type_concept_id cause_concept_id -cause_source_value cause_source_concept_id
            note|文書（本文と題は持たない）。|Notes, without title and text.
            note_id person_id note_date note_datetime note_type_concept_id note_class_concept_id -note_title -note_text encoding_concept_id language_concept_id provider_id visit_occurrence_id visit_detail_id -note_source_value -note_event_id -note_event_field_concept_id
            specimen|検体。|Specimens.
            specimen_id person_id specimen_concept_id specimen_type_concept_id specimen_date specimen_datetime quantity unit_concept_id anatomic_site_concept_id disease_status_concept_id -specimen_source_id -specimen_source_value -unit_source_value -anatomic_site_source_value -disease_status_source_value
            payer_plan_period|保険加入期間。|Spans of insurance.
            payer_plan_period_id person_id payer_plan_period_start_date payer_plan_period_end_date payer_concept_id -payer_source_value payer_source_concept_id plan_concept_id -plan_source_value plan_source_concept_id sponsor_concept_id -sponsor_source_value sponsor_source_concept_id -family_source_value stop_reason_concept_id -stop_reason_source_value stop_reason_source_concept_id
            drug_era|薬剤の使用が続いた期間。|Spans of continuous use of an ingredient.
            drug_era_id person_id drug_concept_id drug_era_start_date drug_era_end_date drug_exposure_count gap_days
            dose_era|同じ用量が続いた期間。|Spans of a constant dose.
            dose_era_id person_id drug_concept_id unit_concept_id dose_value dose_era_start_date dose_era_end_date
            condition_era|疾患が続いた期間。|Spans of a condition.
            condition_era_id person_id condition_concept_id condition_era_start_date condition_era_end_date condition_occurrence_count
            episode|治療エピソード。|Episodes of disease and treatment.
            episode_id person_id episode_concept_id episode_start_date episode_start_datetime episode_end_date episode_end_datetime -episode_parent_id episode_number episode_object_concept_id episode_type_concept_id -episode_source_value episode_source_concept_id
            location|所在地（州・国まで）。|Places, no finer than the state.
            location_id -address_1 -address_2 -city state -zip -county -location_source_value country_concept_id -country_source_value -latitude -longitude
            care_site|医療機関。|Care sites.
            care_site_id -care_site_name place_of_service_concept_id location_id -care_site_source_value -place_of_service_source_value
            provider|医療者。|Providers.
            provider_id -provider_name -npi -dea specialty_concept_id care_site_id -year_of_birth gender_concept_id -provider_source_value -specialty_source_value specialty_source_concept_id -gender_source_value gender_source_concept_id
            concept|概念（用語集）。|Concepts of the vocabularies.
            concept_id concept_name domain_id vocabulary_id concept_class_id standard_concept concept_code valid_start_date valid_end_date invalid_reason
            vocabulary|用語体系。|Vocabularies.
            vocabulary_id vocabulary_name vocabulary_reference vocabulary_version vocabulary_concept_id
            domain|領域。|Domains.
            domain_id domain_name domain_concept_id
            concept_class|概念の種別。|Classes of concepts.
            concept_class_id concept_class_name concept_class_concept_id
            relationship|関係の種別。|Kinds of relationships.
            relationship_id relationship_name is_hierarchical defines_ancestry reverse_relationship_id relationship_concept_id
            concept_relationship|概念どうしの関係。|Relationships between concepts.
            concept_id_1 concept_id_2 relationship_id valid_start_date valid_end_date invalid_reason
            concept_ancestor|概念の上位・下位。|Ancestors of concepts.
            ancestor_concept_id descendant_concept_id min_levels_of_separation max_levels_of_separation
            concept_synonym|概念の別名。|Synonyms of concepts.
            concept_id concept_synonym_name language_concept_id
            drug_strength|薬剤の成分量。|Strengths of drugs.
            drug_concept_id ingredient_concept_id amount_value amount_unit_concept_id numerator_value numerator_unit_concept_id denominator_value denominator_unit_concept_id box_size valid_start_date valid_end_date invalid_reason
            """;

    /** Tables of the model that are not kept: they have no person of their own, or are all text. */
    static final Set<String> PASSED_OVER = Set.of(
            "cdm_source",
            "cohort",
            "cohort_definition",
            "cost",
            "episode_event",
            "fact_relationship",
            "metadata",
            "note_nlp",
            "source_to_concept_map");

    private static final Set<String> NUMBERS = Set.of(
            "quantity",
            "value_as_number",
            "range_low",
            "range_high",
            "dose_value",
            "amount_value",
            "numerator_value",
            "denominator_value");
    private static final Set<String> COUNTS = Set.of(
            "refills",
            "days_supply",
            "drug_exposure_count",
            "gap_days",
            "condition_occurrence_count",
            "episode_number",
            "min_levels_of_separation",
            "max_levels_of_separation",
            "box_size");
    private static final Set<String> VOCABULARY = Set.of(
            "concept",
            "vocabulary",
            "domain",
            "concept_class",
            "relationship",
            "concept_relationship",
            "concept_ancestor",
            "concept_synonym",
            "drug_strength");

    private static final Map<String, OmopTable> BY_NAME = parse();

    private OmopModel() {}

    static Optional<OmopTable> table(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    static List<Table> tables() {
        return BY_NAME.values().stream().map(OmopTable::kept).toList();
    }

    static Dataset dataset(String id) {
        return new Dataset(
                id,
                new Text("OMOP共通データモデル（" + id + "）", "OMOP common data model (" + id + ")"),
                new Text(
                        "OMOP CDM 5.4 から取り込んだ診療データ。元の値、自由記載、生年月日の日、住所は取り込み時に除いた。",
                        "Clinical data in the OMOP common data model 5.4. Source values, free text, days of birth and"
                                + " addresses were dropped on loading."),
                "",
                List.of("OMOP", "electronic health records"),
                "a",
                tables());
    }

    private static Map<String, OmopTable> parse() {
        var tables = new LinkedHashMap<String, OmopTable>();
        for (var lines = TABLES.lines().iterator(); lines.hasNext(); ) {
            var title = lines.next().split("\\|");
            var columns = List.of(lines.next().split(" "));
            var vocabulary = VOCABULARY.contains(title[0]);
            var kept = columns.stream()
                    .filter(c -> !c.startsWith("-"))
                    .map(c -> column(c, vocabulary))
                    .toArray(Column[]::new);
            var all = new ArrayList<String>();
            columns.forEach(c -> all.add(c.replace("-", "")));
            tables.put(title[0], new OmopTable(Table.of(title[0], title[1], title[2], kept), List.copyOf(all)));
        }
        return tables;
    }

    private static Column column(String name, boolean vocabulary) {
        var words = name.replace('_', ' ');
        if (name.equals("person_id")) {
            return Column.of(name, "BIGINT", ColumnKind.PERSON, "個人の仮名。", "Pseudonym of the person.");
        }
        if (name.equals("provider_id") || name.equals("care_site_id")) {
            return Column.of(name, "BIGINT", ColumnKind.FACILITY, "医療者・医療機関の仮名。", "Pseudonym of the " + words + ".");
        }
        if (name.contains("concept_id")) {
            return Column.of(name, "INTEGER", ColumnKind.CODE, "概念ID（concept 表を参照）。", "Concept, see table concept.");
        }
        if (NUMBERS.contains(name)) {
            return Column.of(name, "DOUBLE", ColumnKind.VALUE, "数値（" + words + "）。", "Number: " + words + ".");
        }
        if (COUNTS.contains(name)) {
            return Column.of(name, "INTEGER", ColumnKind.VALUE, "整数（" + words + "）。", "Whole number: " + words + ".");
        }
        if (name.endsWith("_of_birth") || name.equals("state")) {
            return Column.of(
                    name,
                    name.equals("state") ? "VARCHAR" : "INTEGER",
                    ColumnKind.QUASI_IDENTIFIER,
                    "個人の属性（" + words + "）。",
                    "Trait of the person: " + words + ".");
        }
        if (name.endsWith("_date") || name.endsWith("_datetime")) {
            return Column.of(
                    name,
                    name.endsWith("_date") ? "DATE" : "TIMESTAMP",
                    vocabulary ? ColumnKind.VALUE : ColumnKind.DATE,
                    "日付・日時（" + words + "）。",
                    "When: " + words + ".");
        }
        return vocabulary
                ? Column.of(
                        name, "VARCHAR", ColumnKind.CODE, "用語集の項目（" + words + "）。", "Of the vocabulary: " + words + ".")
                : Column.of(
                        name,
                        "BIGINT",
                        ColumnKind.RECORD,
                        "記録の番号（" + words + "）。",
                        "Number of a record: " + words + ".");
    }
}
