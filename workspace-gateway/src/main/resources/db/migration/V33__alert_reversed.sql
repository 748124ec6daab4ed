-- An alert whose measure was reversed takes no more entries, so what goes on may open another one beside it.
drop index alert_open;
create unique index alert_open on alert(rule, subject) where state = 'open' and measure_state is not 'reversed';
