-- A database of format 1, as the program of that time wrote it: instances that wait, one whose activity
-- runs, one between two attempts, one that was terminated, one that took the place of a finished run.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE history (
        run integer not null, seq integer not null, at_ms integer not null, version integer not null,
        facts text not null, crc32c integer not null, primary key (run, seq)) without rowid;
INSERT INTO history VALUES(1,1,1767225600000,1,'[{"type":"ExecutionStarted","instance":"order-0","flow":"Order","version":1,"input":{"id":"o-0","text":"über \"q\" ''it''''s''"},"source":{"via":"rest","who":"test"}},{"type":"VariablesSet","values":{"seen":[]}},{"type":"StepEntered","step":"pay"},{"type":"TaskScheduled","step":"pay","activity":"log","input":{ "message": "o-0" }}]',4237089952);
INSERT INTO history VALUES(2,1,1767225600000,1,'[{"type":"ExecutionStarted","instance":"order-1","flow":"Order","version":1,"input":{"id":"o-1","text":"über \"q\" ''it''''s''"},"source":{"via":"rest","who":"test"}},{"type":"VariablesSet","values":{"seen":[]}},{"type":"StepEntered","step":"pay"},{"type":"TaskScheduled","step":"pay","activity":"log","input":{ "message": "o-1" }}]',2879646535);
INSERT INTO history VALUES(2,5,1767225600000,1,'[{"type":"TaskAttemptFailed","task":4,"attempt":1,"failure":{"type":"HttpError","message":"503","retriable":true}},{"type":"TimerCreated","step":"pay","purpose":"retry","fireAt":1767225610000,"about":4}]',3530044874);
INSERT INTO history VALUES(3,1,1767225600000,1,'[{"type":"ExecutionStarted","instance":"order-2","flow":"Order","version":1,"input":{"id":"o-2","text":"über \"q\" ''it''''s''"},"source":{"via":"rest","who":"test"}},{"type":"VariablesSet","values":{"seen":[]}},{"type":"StepEntered","step":"pay"},{"type":"TaskScheduled","step":"pay","activity":"log","input":{ "message": "o-2" }}]',363005621);
INSERT INTO history VALUES(3,5,1767225600000,1,'[{"type":"TaskCompleted","task":4,"attempt":1,"result":{"paid":2}},{"type":"StepLeft","step":"pay","way":"next","to":"paid","resultOf":5},{"type":"StepEntered","step":"paid"},{"type":"WaitOpened","step":"paid","names":["Paid"],"needed":1},{"type":"TimerCreated","step":"paid","purpose":"timeout","fireAt":1767312000000,"about":8}]',3239722097);
INSERT INTO history VALUES(4,1,1767225600000,1,'[{"type":"ExecutionStarted","instance":"order-3","flow":"Order","version":1,"input":{"id":"o-3","text":"über \"q\" ''it''''s''"},"source":{"via":"rest","who":"test"}},{"type":"VariablesSet","values":{"seen":[]}},{"type":"StepEntered","step":"pay"},{"type":"TaskScheduled","step":"pay","activity":"log","input":{ "message": "o-3" }}]',100500617);
INSERT INTO history VALUES(4,5,1767225600000,1,'[{"type":"TaskCompleted","task":4,"attempt":1,"result":{"paid":3}},{"type":"StepLeft","step":"pay","way":"next","to":"paid","resultOf":5},{"type":"StepEntered","step":"paid"},{"type":"WaitOpened","step":"paid","names":["Paid"],"needed":1},{"type":"TimerCreated","step":"paid","purpose":"timeout","fireAt":1767312000000,"about":8}]',182245936);
INSERT INTO history VALUES(4,10,1767225600000,1,'[{"type":"EventRaised","name":"Paid","payload":{"amount":5},"eventId":"p-1","source":{"via":"rest","who":"test"}},{"type":"EventTaken","event":10,"wait":8},{"type":"TimerCanceled","timer":9},{"type":"WaitClosed","wait":8},{"type":"StepLeft","step":"paid","way":"next","to":"seen","resultOf":10},{"type":"StepEntered","step":"seen"},{"type":"VariablesSet","appended":{"seen":5}},{"type":"StepLeft","step":"seen","way":"next","to":"more"},{"type":"StepEntered","step":"more"},{"type":"StepLeft","step":"more","way":"case:1","to":"paid"},{"type":"StepEntered","step":"paid"},{"type":"WaitOpened","step":"paid","names":["Paid"],"needed":1},{"type":"TimerCreated","step":"paid","purpose":"timeout","fireAt":1767312000000,"about":21}]',1972115761);
INSERT INTO history VALUES(6,1,1767225600000,1,'[{"type":"ExecutionStarted","instance":"order-5","flow":"Order","version":1,"input":{"id":"o-5","text":"über \"q\" ''it''''s''"},"source":{"via":"rest","who":"test"}},{"type":"VariablesSet","values":{"seen":[]}},{"type":"StepEntered","step":"pay"},{"type":"TaskScheduled","step":"pay","activity":"log","input":{ "message": "o-5" }}]',2081434012);
INSERT INTO history VALUES(6,5,1767225600000,1,'[{"type":"TaskCompleted","task":4,"attempt":1,"result":{"paid":5}},{"type":"StepLeft","step":"pay","way":"next","to":"paid","resultOf":5},{"type":"StepEntered","step":"paid"},{"type":"WaitOpened","step":"paid","names":["Paid"],"needed":1},{"type":"TimerCreated","step":"paid","purpose":"timeout","fireAt":1767312000000,"about":8}]',2483746865);
INSERT INTO history VALUES(6,10,1767225600000,1,'[{"type":"EventRaised","name":"Paid","payload":{"amount":5},"eventId":"p-1","source":{"via":"rest","who":"test"}},{"type":"EventTaken","event":10,"wait":8},{"type":"TimerCanceled","timer":9},{"type":"WaitClosed","wait":8},{"type":"StepLeft","step":"paid","way":"next","to":"seen","resultOf":10},{"type":"StepEntered","step":"seen"},{"type":"VariablesSet","appended":{"seen":5}},{"type":"StepLeft","step":"seen","way":"next","to":"more"},{"type":"StepEntered","step":"more"},{"type":"StepLeft","step":"more","way":"case:1","to":"paid"},{"type":"StepEntered","step":"paid"},{"type":"WaitOpened","step":"paid","names":["Paid"],"needed":1},{"type":"TimerCreated","step":"paid","purpose":"timeout","fireAt":1767312000000,"about":21}]',1431175434);
INSERT INTO history VALUES(6,23,1767225600000,1,'[{"type":"EventRaised","name":"Paid","payload":{"amount":-1},"eventId":"p-3","source":{"via":"rest","who":"test"}}]',1926979326);
INSERT INTO history VALUES(7,1,1767225600000,1,'[{"type":"ExecutionStarted","instance":"order-6","flow":"Order","version":1,"input":{"id":"o-6","text":"über \"q\" ''it''''s''"},"source":{"via":"rest","who":"test"}},{"type":"VariablesSet","values":{"seen":[]}},{"type":"StepEntered","step":"pay"},{"type":"TaskScheduled","step":"pay","activity":"log","input":{ "message": "o-6" }}]',3255878766);
INSERT INTO history VALUES(7,5,1767225600000,1,'[{"type":"EventRaised","name":"Early","payload":[1,2],"eventId":"early-1","source":{"via":"rest","who":"test"}}]',235084147);
INSERT INTO history VALUES(7,6,1767225600000,1,'[{"type":"TaskCompleted","task":4,"attempt":1,"result":{"paid":6}},{"type":"StepLeft","step":"pay","way":"next","to":"paid","resultOf":6},{"type":"StepEntered","step":"paid"},{"type":"WaitOpened","step":"paid","names":["Paid"],"needed":1},{"type":"TimerCreated","step":"paid","purpose":"timeout","fireAt":1767312000000,"about":9}]',3280120306);
INSERT INTO history VALUES(7,11,1767225600000,1,'[{"type":"TimerCanceled","timer":10},{"type":"WaitClosed","wait":9},{"type":"ExecutionTerminated","reason":"not wanted","source":{"via":"rest","who":"test"}}]',3213689027);
INSERT INTO history VALUES(8,1,1767225600000,1,'[{"type":"ExecutionStarted","instance":"order-7","flow":"Order","version":1,"input":{"id":"o-7","text":"über \"q\" ''it''''s''"},"source":{"via":"rest","who":"test"}},{"type":"VariablesSet","values":{"seen":[]}},{"type":"StepEntered","step":"pay"},{"type":"TaskScheduled","step":"pay","activity":"log","input":{ "message": "o-7" }}]',1554853348);
INSERT INTO history VALUES(8,5,1767225600000,1,'[{"type":"EventRaised","name":"Early","payload":[1,2],"source":{"via":"rest","who":"test"}}]',2451294599);
INSERT INTO history VALUES(8,6,1767225600000,1,'[{"type":"TaskCompleted","task":4,"attempt":1,"result":{"paid":7}},{"type":"StepLeft","step":"pay","way":"next","to":"paid","resultOf":6},{"type":"StepEntered","step":"paid"},{"type":"WaitOpened","step":"paid","names":["Paid"],"needed":1},{"type":"TimerCreated","step":"paid","purpose":"timeout","fireAt":1767312000000,"about":9}]',2625518073);
INSERT INTO history VALUES(9,1,1767225600000,1,'[{"type":"ExecutionStarted","instance":"votes-0","flow":"Votes","version":1,"input":null,"source":{"via":"rest","who":"test"}},{"type":"StepEntered","step":"all"},{"type":"WaitOpened","step":"all","names":["A","B"],"needed":2},{"type":"TimerCreated","step":"all","purpose":"timeout","fireAt":1767227400000,"about":3}]',1643652792);
INSERT INTO history VALUES(10,1,1767225600000,1,'[{"type":"ExecutionStarted","instance":"votes-1","flow":"Votes","version":1,"input":null,"source":{"via":"rest","who":"test"}},{"type":"StepEntered","step":"all"},{"type":"WaitOpened","step":"all","names":["A","B"],"needed":2},{"type":"TimerCreated","step":"all","purpose":"timeout","fireAt":1767227400000,"about":3}]',3845885522);
INSERT INTO history VALUES(10,5,1767225600000,1,'[{"type":"EventRaised","name":"A","payload":1,"source":{"via":"rest","who":"test"}},{"type":"EventTaken","event":5,"wait":3}]',3414332083);
INSERT INTO history VALUES(10,7,1767225600000,1,'[{"type":"EventRaised","name":"B","payload":2,"source":{"via":"rest","who":"test"}},{"type":"EventTaken","event":7,"wait":3},{"type":"TimerCanceled","timer":4},{"type":"WaitClosed","wait":3},{"type":"StepLeft","step":"all","way":"next","to":"pause","resultOf":3},{"type":"StepEntered","step":"pause"},{"type":"TimerCreated","step":"pause","purpose":"step","fireAt":1767225900000}]',2381479602);
INSERT INTO history VALUES(11,1,1767225600000,1,'[{"type":"ExecutionStarted","instance":"votes-2","flow":"Votes","version":1,"input":null,"source":{"via":"rest","who":"test"}},{"type":"StepEntered","step":"all"},{"type":"WaitOpened","step":"all","names":["A","B"],"needed":2},{"type":"TimerCreated","step":"all","purpose":"timeout","fireAt":1767227400000,"about":3}]',70150066);
INSERT INTO history VALUES(11,5,1767225600000,1,'[{"type":"EventRaised","name":"b","payload":2,"source":{"via":"rest","who":"test"}},{"type":"EventTaken","event":5,"wait":3}]',1723871240);
INSERT INTO history VALUES(12,1,1767225600000,1,'[{"type":"ExecutionStarted","instance":"votes-3","flow":"Votes","version":1,"input":null,"source":{"via":"rest","who":"test"}},{"type":"StepEntered","step":"all"},{"type":"WaitOpened","step":"all","names":["A","B"],"needed":2},{"type":"TimerCreated","step":"all","purpose":"timeout","fireAt":1767227400000,"about":3}]',1781154979);
INSERT INTO history VALUES(13,1,1767225600000,1,'[{"type":"ExecutionStarted","instance":"order-4","flow":"Order","version":1,"input":{"id":"again"},"source":{"via":"rest","who":"test"}},{"type":"VariablesSet","values":{"seen":[]}},{"type":"StepEntered","step":"pay"},{"type":"TaskScheduled","step":"pay","activity":"log","input":{ "message": "again" }}]',746153648);
CREATE TABLE inbox (id integer primary key, message text not null);
CREATE TABLE flow (
        flow text not null, version integer not null, deployed_at_ms integer not null,
        text text not null, primary key (flow, version));
INSERT INTO flow VALUES('Order',1,1767225600000,replace('{ "signalbox": 1, "name": "Order", "variables": { "seen": [] }, "start": "pay", "steps": {\n    "pay": { "kind": "activity", "activity": "log", "with": { "message": "=input.id" }, "retry": { "attempts": 3, "first": "PT10S" },\n        "next": "paid", "onError": { "*": "unpaid" } },\n    "paid": { "kind": "wait", "event": "Paid", "where": "=event.amount > 0", "timeout": "P1D", "clock": "pause", "next": "seen", "onTimeout": "unpaid" },\n    "seen": { "kind": "set", "append": { "seen": "=steps.paid.amount" }, "next": "more" },\n    "more": { "kind": "choice", "cases": [ { "when": "=vars.seen.length < 2", "next": "paid" } ], "otherwise": "done" },\n    "done": { "kind": "end", "output": "=vars.seen" },\n    "unpaid": { "kind": "fail", "type": "Unpaid", "message": "=input.id" } } }','\n',char(10)));
INSERT INTO flow VALUES('Votes',1,1767225600000,replace('{ "signalbox": 1, "name": "Votes", "start": "all", "steps": {\n    "all": { "kind": "wait", "allOf": ["A", "B"], "timeout": "PT30M", "default": {}, "next": "pause" },\n    "pause": { "kind": "timer", "after": "PT5M", "next": "any" },\n    "any": { "kind": "wait", "anyOf": { "C": "done", "D": "done" } },\n    "done": { "kind": "end", "output": "=steps.all" } } }','\n',char(10)));
CREATE TABLE IF NOT EXISTS "grant" (
        flow text not null, fingerprint text not null, at_ms integer not null,
        primary key (flow, fingerprint));
CREATE TABLE undelivered (
        id integer primary key autoincrement, instance text not null, name text not null,
        payload text not null, event_id text, branch text, via text not null, who text not null,
        reason text not null, at_ms integer not null);
INSERT INTO undelivered VALUES(1,'nobody','Paid','{"amount":1}','n-1',NULL,'rest','test','unknown instance',1767225600000);
INSERT INTO undelivered VALUES(2,'order-6','Paid','{"amount":1}',NULL,NULL,'rest','test','finished instance',1767225600000);
CREATE TABLE statistics (name text primary key, value integer not null) without rowid;
INSERT INTO statistics VALUES('last_message',0);
INSERT INTO statistics VALUES('last_run',13);
CREATE TABLE instance (
        run integer primary key, instance text not null unique, flow text not null,
        version integer not null, status text not null, waiting integer not null,
        set_aside text not null, created_at_ms integer not null, changed_at_ms integer not null,
        finished_at_ms integer, length integer not null, decisions integer not null,
        error_type text not null, stands_on text not null, stands_at text not null,
        stands_since_ms integer not null, stands_until_ms integer);
INSERT INTO instance VALUES(1,'order-0','Order',1,'Running',0,'',1767225600000,1767225600000,NULL,4,1,'','pay','pay',1767225600000,NULL);
INSERT INTO instance VALUES(2,'order-1','Order',1,'Running',1,'',1767225600000,1767225600000,NULL,6,2,'','pay','pay',1767225600000,1767225610000);
INSERT INTO instance VALUES(3,'order-2','Order',1,'Running',1,'',1767225600000,1767225600000,NULL,9,2,'','Paid','paid',1767225600000,1767312000000);
INSERT INTO instance VALUES(4,'order-3','Order',1,'Running',1,'',1767225600000,1767225600000,NULL,22,3,'','Paid','paid',1767225600000,1767312000000);
INSERT INTO instance VALUES(6,'order-5','Order',1,'Running',1,'',1767225600000,1767225600000,NULL,23,4,'','Paid','paid',1767225600000,1767312000000);
INSERT INTO instance VALUES(7,'order-6','Order',1,'Terminated',0,'',1767225600000,1767225600000,1767225600000,13,4,'','','',0,NULL);
INSERT INTO instance VALUES(8,'order-7','Order',1,'Running',1,'',1767225600000,1767225600000,NULL,10,3,'','Paid','paid',1767225600000,1767312000000);
INSERT INTO instance VALUES(9,'votes-0','Votes',1,'Running',1,'',1767225600000,1767225600000,NULL,4,1,'','A, B','all',1767225600000,1767227400000);
INSERT INTO instance VALUES(10,'votes-1','Votes',1,'Running',1,'',1767225600000,1767225600000,NULL,13,3,'','pause','pause',1767225600000,1767225900000);
INSERT INTO instance VALUES(11,'votes-2','Votes',1,'Running',1,'',1767225600000,1767225600000,NULL,6,2,'','A','all',1767225600000,1767227400000);
INSERT INTO instance VALUES(12,'votes-3','Votes',1,'Running',1,'',1767225600000,1767225600000,NULL,4,1,'','A, B','all',1767225600000,1767227400000);
INSERT INTO instance VALUES(13,'order-4','Order',1,'Running',0,'',1767225600000,1767225600000,NULL,4,1,'','pay','pay',1767225600000,NULL);
CREATE TABLE instance_payload (
        run integer primary key, input text not null, custom_status text not null,
        output text not null);
INSERT INTO instance_payload VALUES(1,'{"id":"o-0","text":"über \"q\" ''it''''s''"}','null','null');
INSERT INTO instance_payload VALUES(2,'{"id":"o-1","text":"über \"q\" ''it''''s''"}','null','null');
INSERT INTO instance_payload VALUES(3,'{"id":"o-2","text":"über \"q\" ''it''''s''"}','null','null');
INSERT INTO instance_payload VALUES(4,'{"id":"o-3","text":"über \"q\" ''it''''s''"}','null','null');
INSERT INTO instance_payload VALUES(6,'{"id":"o-5","text":"über \"q\" ''it''''s''"}','null','null');
INSERT INTO instance_payload VALUES(7,'{"id":"o-6","text":"über \"q\" ''it''''s''"}','null','"not wanted"');
INSERT INTO instance_payload VALUES(8,'{"id":"o-7","text":"über \"q\" ''it''''s''"}','null','null');
INSERT INTO instance_payload VALUES(9,'null','null','null');
INSERT INTO instance_payload VALUES(10,'null','null','null');
INSERT INTO instance_payload VALUES(11,'null','null','null');
INSERT INTO instance_payload VALUES(12,'null','null','null');
INSERT INTO instance_payload VALUES(13,'{"id":"again"}','null','null');
CREATE TABLE instance_count (
        flow text primary key, waiting integer not null, running integer not null,
        suspended integer not null, completed integer not null, failed integer not null,
        terminated integer not null) without rowid;
INSERT INTO instance_count VALUES('Order',5,2,0,0,0,1);
INSERT INTO instance_count VALUES('Votes',4,0,0,0,0,0);
CREATE TABLE timer (
        run integer not null, seq integer not null, fire_at_ms integer not null,
        retry_of integer not null, primary key (run, seq)) without rowid;
INSERT INTO timer VALUES(2,6,1767225610000,4);
INSERT INTO timer VALUES(3,9,1767312000000,0);
INSERT INTO timer VALUES(4,22,1767312000000,0);
INSERT INTO timer VALUES(6,22,1767312000000,0);
INSERT INTO timer VALUES(8,10,1767312000000,0);
INSERT INTO timer VALUES(9,4,1767227400000,0);
INSERT INTO timer VALUES(10,13,1767225900000,0);
INSERT INTO timer VALUES(11,4,1767227400000,0);
INSERT INTO timer VALUES(12,4,1767227400000,0);
CREATE TABLE work (
        run integer not null, seq integer not null, primary key (run, seq)) without rowid;
INSERT INTO work VALUES(1,4);
INSERT INTO work VALUES(2,4);
INSERT INTO work VALUES(13,4);
CREATE TABLE wait (
        run integer not null, seq integer not null, branch text not null, step text not null,
        names text not null, needed integer not null, primary key (run, seq)) without rowid;
INSERT INTO wait VALUES(3,8,'','paid','["Paid"]',1);
INSERT INTO wait VALUES(4,21,'','paid','["Paid"]',1);
INSERT INTO wait VALUES(6,21,'','paid','["Paid"]',1);
INSERT INTO wait VALUES(8,9,'','paid','["Paid"]',1);
INSERT INTO wait VALUES(9,3,'','all','["A","B"]',2);
INSERT INTO wait VALUES(11,3,'','all','["A","B"]',2);
INSERT INTO wait VALUES(12,3,'','all','["A","B"]',2);
CREATE TABLE kept_event (
        run integer not null, seq integer not null, name text not null, event_id text,
        primary key (run, seq)) without rowid;
INSERT INTO kept_event VALUES(6,23,'Paid','p-3');
INSERT INTO kept_event VALUES(8,5,'Early',NULL);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('undelivered',2);
CREATE INDEX instance_by_state on instance (status, waiting, run);
CREATE INDEX instance_by_flow on instance (flow, status, waiting, run);
CREATE INDEX instance_by_creation on instance (created_at_ms);
COMMIT;
PRAGMA application_id = 1399276152;
PRAGMA user_version = 1;
