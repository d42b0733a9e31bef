#include "tests/support/flow_case.h"

#include "engine/base/calendar.h"
#include "engine/history/history_json.h"
#include "engine/runtime/instance_state.h"
#include "tests/support/engine_world.h"

#include <fstream>
#include <functional>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>

namespace tests {
namespace {

using namespace engine;
using nlohmann::json;

std::string fileText(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file)
        throw std::runtime_error("cannot read " + path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::string nameOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidArgument: return "InvalidArgument";
    case ErrorCode::NotFound: return "NotFound";
    case ErrorCode::AlreadyExists: return "AlreadyExists";
    case ErrorCode::Finished: return "Finished";
    case ErrorCode::WrongState: return "WrongState";
    case ErrorCode::NotAllowed: return "NotAllowed";
    case ErrorCode::TooLarge: return "TooLarge";
    case ErrorCode::Busy: return "Busy";
    case ErrorCode::Unavailable: return "Unavailable";
    case ErrorCode::Damaged: return "Damaged";
    }
    return {};
}

json answerJson(const std::optional<Result<Accepted>> &answer)
{
    if (!answer)
        return "none";
    if (!*answer)
        return nameOf(answer->error().code) + ": " + answer->error().message;
    const std::string met = (*answer)->duplicate ? "duplicate" : "accepted";
    if (!(*answer)->correlation)
        return met;
    json whom{{"answer", met}};
    const CorrelationAnswer &reached = *(*answer)->correlation;
    if (!reached.reached.empty())
        whom["reached"] = reached.reached;
    if (!reached.started.empty())
        whom["started"] = reached.started;
    if (reached.keptUntil)
        whom["keptUntil"] = toText(*reached.keptUntil);
    if (reached.undelivered)
        whom["undelivered"] = true;
    return whom;
}

Failure failureFrom(const json &written)
{
    return {.type = written.value("type", "Error"),
        .message = written.value("message", ""),
        .retriable = written.value("retriable", true)};
}

SchedulerLimits limitsOf(const json &script, std::size_t cachedInstances)
{
    SchedulerLimits limits;
    limits.cachedInstances = cachedInstances;
    limits.factsPerSnapshot = cachedInstances == 0 ? 3 : limits.factsPerSnapshot;
    limits.stepsPerDecision = script.value("stepsPerDecision", limits.stepsPerDecision);
    limits.stepsWithoutWait = script.value("stepsWithoutWait", limits.stepsWithoutWait);
    limits.allowed = script.value("allowed", std::set<std::string>{"all"});
    return limits;
}

class Player
{
public:
    Player(const FlowCase &flowCase, std::size_t cachedInstances)
        : m_case(flowCase)
        , m_world(1, limitsOf(flowCase.script, cachedInstances))
    {}

    json play()
    {
        for (const json &file : m_case.script.value("flows", json::array()))
            deploy(fileText(m_case.directory + "/" + file.get<std::string>()), false);
        deploy(m_case.flow, false);
        for (const json &entry : m_case.script.at("script")) {
            submit(entry);
            if (!entry.contains("jump") && !m_world.settle())
                throw std::runtime_error("the store failed");
        }
        return transcript();
    }

    Histories histories()
    {
        Histories all;
        const RunKey last = m_world.memory.recover()->lastRun;
        for (RunKey run{1}; run <= last; ++run.value) {
            if (auto rows = *m_world.memory.history(run); !rows.empty())
                all.push_back(std::move(rows));
        }
        return all;
    }

private:
    void deploy(const std::string &text, bool grant)
    {
        const auto deployed = m_world.deploy(text, grant);
        if (!deployed)
            throw std::runtime_error(deployed.error().message);
        json problems = json::array();
        for (const Problem &problem : deployed->problems) {
            if (problem.severity == Severity::Error || problem.id == "not-allowed")
                problems.push_back(message(problem));
        }
        m_deployments.push_back({{"flow", deployed->flow.value}, {"version", deployed->version},
            {"problems", problems}});
        m_flow = deployed->flow.value;
    }

    void submit(const json &entry)
    {
        static const std::map<std::string, void (Player::*)(const json &)> verbs{
            {"start", &Player::start}, {"raise", &Player::raise}, {"finish", &Player::finish},
            {"failWith", &Player::finish}, {"terminate", &Player::terminate},
            {"restart", &Player::restart}, {"advance", &Player::advance}, {"jump", &Player::jump},
            {"together", &Player::together}, {"deploy", &Player::deployFile},
            {"suspend", &Player::suspend}, {"resume", &Player::resume},
            {"deleteKept", &Player::deleteKept}, {"handOn", &Player::handOn},
            {"replay", &Player::replay}, {"deleteUndelivered", &Player::deleteUndelivered},
            {"answer", &Player::answer}, {"claim", &Player::claim},
            {"giveBack", &Player::giveBack}, {"reassign", &Player::reassign},
            {"comment", &Player::comment}, {"startAgain", &Player::startAgain},
            {"rewind", &Player::rewind}, {"purge", &Player::purge}, {"editVariables", &Player::editVariables},
            {"skip", &Player::skip}, {"moveTo", &Player::moveTo},
            {"correlate", &Player::correlate}};
        for (const auto &[verb, perform] : verbs) {
            if (entry.contains(verb))
                return (this->*perform)(entry);
        }
        throw std::runtime_error("script: no such entry: " + entry.dump());
    }

    void start(const json &entry)
    {
        m_instance = entry.at("start").get<std::string>();
        Message message =
            startOf(m_instance, entry.value("flow", m_flow), entry.value("input", json()).dump());
        if (entry.contains("version"))
            std::get<StartInstance>(message.body).version = entry.at("version").get<int>();
        m_instances.insert(m_instance);
        m_world.submit(std::move(message));
    }

    void raise(const json &entry)
    {
        Message message = eventFor(
            to(entry), entry.at("raise").get<std::string>(), entry.value("data", json()).dump());
        auto &event = std::get<RaiseEvent>(message.body);
        if (entry.contains("eventId"))
            event.eventId = entry.at("eventId").get<std::string>();
        if (entry.contains("branch"))
            event.branch = BranchPath{entry.at("branch").get<std::string>()};
        m_world.submit(std::move(message));
    }

    void correlate(const json &entry)
    {
        RaiseCorrelated event{entry.at("correlate"), JsonText::of(entry.value("data", json())), {}, {},
            {"rest", "test"}};
        if (entry.contains("eventId"))
            event.eventId = entry.at("eventId").get<std::string>();
        if (entry.contains("key"))
            event.key = entry.at("key").get<std::string>();
        m_world.submit({{}, {}, std::move(event)});
    }

    void finish(const json &entry)
    {
        ActivityOutcome outcome;
        if (entry.contains("failWith"))
            outcome = failureFrom(entry.at("failWith"));
        else
            outcome = JsonText::of(entry.at("finish"));
        if (entry.contains("task")) {
            const ActivityFinished finished{
                entry.at("task").get<Sequence>(), entry.value("attempt", 1), std::move(outcome)};
            m_world.submit({{to(entry)}, {entry.value("run", 1)}, finished});
            return;
        }
        auto message = m_world.activities.finishOldest(std::move(outcome));
        if (!message)
            throw std::runtime_error("script: no attempt runs that could finish");
        m_world.submit(*std::move(message));
    }

    void terminate(const json &entry)
    {
        Message message = terminationOf(to(entry), entry.at("terminate").get<std::string>());
        std::get<TerminateInstance>(message.body).keepSubFlows =
            entry.value("keepSubFlows", false);
        m_world.submit(std::move(message));
    }

    /// Sends `body` to the instance that the entry names, as somebody behind the REST port.
    template<typename Body>
    void order(const json &entry, Body body)
    {
        body.source = {"rest", "test"};
        m_world.submit({{to(entry)}, {}, std::move(body)});
    }

    void suspend(const json &entry) { order(entry, SuspendInstance{entry.at("suspend"), {}}); }
    void resume(const json &entry) { order(entry, ResumeInstance{entry.at("resume"), {}}); }
    void deleteKept(const json &entry)
    {
        order(entry, DeleteKeptEvent{entry.at("deleteKept"), entry.value("reason", ""), {}});
    }
    void handOn(const json &entry)
    {
        order(entry,
            HandOnEvent{entry.at("handOn"), {entry.at("receiver").get<std::string>()},
                entry.value("reason", ""), {}});
    }
    void replay(const json &entry)
    {
        m_world.submit(
            {{entry.value("to", "")}, {}, ReplayUndelivered{entry.at("replay"), {"rest", "test"}}});
    }
    void deleteUndelivered(const json &entry)
    {
        m_world.submit(
            {{}, {}, DeleteUndelivered{entry.at("deleteUndelivered"), {"rest", "test"}}});
    }

    void rewind(const json &entry) { order(entry, RewindInstance{entry.at("rewind"), {}, {}, {}}); }
    void purge(const json &entry) { order(entry, PurgeInstance{entry.at("purge"), {}}); }
    void editVariables(const json &entry)
    {
        EditVariables edit{{}, entry.value("reason", ""), {}};
        for (const auto &[name, value] : entry.at("editVariables").items())
            edit.values.emplace_back(name, JsonText::of(value));
        order(entry, std::move(edit));
    }
    void skip(const json &entry)
    {
        SkipStep skip{{entry.value("branch", "")}, {entry.at("skip").get<std::string>()},
            entry.value("event", ""), {}, entry.value("reason", ""), {}};
        if (entry.contains("result"))
            skip.result = JsonText::of(entry.at("result"));
        order(entry, std::move(skip));
    }
    void moveTo(const json &entry)
    {
        order(entry, MoveBranch{{entry.value("branch", "")}, {entry.value("from", "")},
                         {entry.at("moveTo").get<std::string>()}, entry.value("reason", ""), {}});
    }

    void startAgain(const json &entry)
    {
        RestartInstance restart{
            {entry.at("as").get<std::string>()}, entry.value("reason", ""), {"rest", "test"}};
        m_instances.insert(restart.as.value);
        m_world.submit({{entry.at("startAgain").get<std::string>()}, {}, std::move(restart)});
    }

    void answer(const json &entry)
    {
        AnswerTask answer{taskOf(entry), entry.at("answer"), entry.value("says", ""),
            JsonText::of(entry.value("data", json())), entry.value("by", ""), {}, {}};
        if (entry.contains("eventId"))
            answer.eventId = entry.at("eventId").get<std::string>();
        order(entry, std::move(answer));
    }
    void claim(const json &entry)
    {
        order(entry, ClaimTask{taskOf(entry), entry.at("claim"), false, {}});
    }
    void giveBack(const json &entry)
    {
        order(entry, ClaimTask{taskOf(entry), entry.at("giveBack"), true, {}});
    }
    void reassign(const json &entry)
    {
        order(entry, ReassignTask{taskOf(entry), entry.value("from", ""), entry.at("reassign"),
                         entry.value("reason", ""), {}});
    }
    void comment(const json &entry)
    {
        order(entry, CommentTask{taskOf(entry), entry.value("by", ""), entry.at("comment"),
                         entry.value("question", false), {}});
    }

    /// The one that the entry names, or the last that the instance opened.
    Sequence taskOf(const json &entry)
    {
        if (entry.contains("task"))
            return entry.at("task").get<Sequence>();
        Sequence task = 0;
        const std::vector<HistoryRow> rows =
            *m_world.memory.history(m_world.summary(to(entry)).run);
        for (const HistoryRow &row : rows) {
            for (const HistoryEvent &event : eventsOf(row))
                task = std::holds_alternative<TaskOpened>(event.fact) ? event.sequence : task;
        }
        return task;
    }

    void restart(const json &entry)
    {
        if (entry.contains("allowed"))
            m_world.limits.allowed = entry.at("allowed").get<std::set<std::string>>();
        if (!m_world.restart())
            throw std::runtime_error("the engine cannot start again");
    }

    void advance(const json &entry) { m_world.advance(lengthOf(entry.at("advance"))); }
    void jump(const json &entry) { m_world.clock.advance(lengthOf(entry.at("jump"))); }

    void together(const json &entry)
    {
        for (const json &one : entry.at("together"))
            submit(one);
    }

    void deployFile(const json &entry)
    {
        deploy(fileText(m_case.directory + "/" + entry.at("deploy").get<std::string>()),
            entry.value("grant", false));
    }

    std::string to(const json &entry) const { return entry.value("to", m_instance); }

    Milliseconds lengthOf(const json &written) const
    {
        const auto duration = durationFromText(written.get<std::string>());
        return (m_world.clock.now() + *duration) - m_world.clock.now();
    }

    json transcript()
    {
        json result{{"deployments", m_deployments}};
        for (const auto &answer : m_world.answers)
            result["answers"].push_back(answerJson(answer));
        const auto page = *MemoryReader(m_world.memory).list({}, {}, 100);
        for (const InstanceSummary &summary : page.instances)
            m_instances.insert(summary.instance.value);
        for (const std::string &instance : m_instances)
            result["instances"][instance] = instanceJson(instance);
        json attempts = json::array();
        for (const ActivityRequest &request : m_world.activities.begun)
            attempts.push_back(toText(request.key) + " attempt " + std::to_string(request.attempt));
        result["attempts"] = attempts;
        MemoryReader reader(m_world.memory);
        const std::vector<UndeliveredEvent> undelivered = *reader.undelivered(100);
        for (const UndeliveredEvent &event : undelivered)
            result["undelivered"].push_back(event.event.name + ": " + event.reason);
        const AuditPage log = *reader.audit({}, {}, 1000);
        for (auto one = log.entries.rbegin(); one != log.entries.rend(); ++one) {
            if (!one->instance.empty())
                result["audit"].push_back(auditLine(*one));
        }
        const std::vector<CorrelatedEvent> kept = *reader.correlated(100);
        for (const CorrelatedEvent &event : kept) {
            for (const EventKey &key : event.keys)
                result["correlated"].push_back(
                    event.event.name + " under " + key.key + " until " + toText(event.until));
        }
        result["dropped"] = m_world.scheduler->statistics().droppedMessages;
        result["ignoredResults"] = m_world.scheduler->statistics().ignoredResults;
        return result;
    }

    static std::string auditLine(const AuditEntry &entry)
    {
        return entry.source.via + " " + entry.source.who + ": " + entry.operation + " " +
               entry.instance.value + " of run " + std::to_string(entry.run.value) +
               (entry.about.empty() ? "" : ", " + entry.about) + ", " + entry.before.text() +
               " => " + entry.after.text() + (entry.reason.empty() ? "" : ", " + entry.reason);
    }

    json instanceJson(const std::string &instance)
    {
        const InstanceSummary summary = m_world.summary(instance);
        if (summary.run == RunKey())
            return nullptr;
        json shown{{"run", summary.run.value}, {"status", toText(summary.status)},
            {"waiting", summary.waiting}, {"standsOn", summary.standsOn},
            {"setAside", summary.setAside}, {"output", summary.output.tree()},
            {"customStatus", summary.customStatus.tree()}, {"errorType", summary.errorType},
            {"decisions", summary.decisions}, {"history", historyJson(summary.run)}};
        if (!summary.parent.empty())
            shown["parent"] = summary.parent.value;
        // Runs that continued as new, newest first.
        const auto previousOf = [this](RunKey run) {
            return engine::replay(*m_world.memory.history(run)).previous;
        };
        for (RunKey run = previousOf(summary.run); run != RunKey(); run = previousOf(run))
            shown["earlier"].push_back({{"run", run.value}, {"history", historyJson(run)}});
        return shown;
    }

    json historyJson(RunKey run)
    {
        json history = json::array();
        const std::vector<HistoryRow> rows = *m_world.memory.history(run);
        for (const HistoryRow &row : rows) {
            for (const HistoryEvent &event : eventsOf(row))
                history.push_back(engine::toJson(event));
        }
        return history;
    }

    const FlowCase &m_case;
    EngineWorld m_world;
    std::string m_flow;
    std::string m_instance;
    std::set<std::string> m_instances;
    json m_deployments = json::array();
};

} // namespace

json play(const FlowCase &flowCase, std::size_t cachedInstances, Histories *histories)
{
    Player player(flowCase, cachedInstances);
    json transcript = player.play();
    if (histories)
        *histories = player.histories();
    return transcript;
}

} // namespace tests
