#include "designer/document/flow_document.h"

#include "designer/document/commands.h"
#include "designer/document/edit_plan.h"
#include "designer/document/expression_rename.h"
#include "designer/document/new_branches.h"
#include "designer/document/new_step.h"
#include "designer/document/selection_clipboard.h"
#include "designer/document/step_targets.h"
#include "engine/model/flow_writer.h"

#include <algorithm>
#include <climits>
#include <set>

namespace designer {
namespace {

using StepSet = std::set<engine::StepId>;

/// Where the flow goes on behind `id` when all of `removed` are gone; empty: nowhere.
engine::StepId behind(const engine::Flow &flow, const StepSet &removed, engine::StepId id)
{
    for (std::size_t hops = 0; removed.contains(id) && hops <= removed.size(); ++hops) {
        const engine::Step *step = engine::findStep(flow, id);
        const auto ways = step ? engine::transitionsFrom(*step) : std::vector<engine::Transition>();
        const auto led = std::ranges::find_if(
            ways, [](const engine::Transition &way) { return !way.to.empty(); });
        id = led == ways.end() ? engine::StepId() : led->to;
    }
    return removed.contains(id) ? engine::StepId() : id;
}

engine::Position middleOf(const engine::Flow &flow)
{
    if (flow.layout.steps.empty())
        return {};
    auto [left, right] = std::pair{INT_MAX, INT_MIN};
    auto [top, bottom] = std::pair{INT_MAX, INT_MIN};
    for (const auto &[id, at] : flow.layout.steps) {
        left = std::min(left, at.x);
        right = std::max(right, at.x);
        top = std::min(top, at.y);
        bottom = std::max(bottom, at.y);
    }
    return {left + (right - left) / 20 * 10, top + (bottom - top) / 20 * 10};
}

/// The event names that a step holds.
std::vector<std::string *> eventNamesIn(engine::Step &step)
{
    std::vector<std::string *> names;
    if (auto *wait = std::get_if<engine::WaitStep>(&step.body))
        for (auto &[event, next] : wait->events)
            names.push_back(&event);
    if (auto *collect = std::get_if<engine::CollectStep>(&step.body))
        names.push_back(&collect->event);
    if (auto *approval = std::get_if<engine::ApprovalStep>(&step.body);
        approval && !approval->event.empty())
        names.push_back(&approval->event);
    return names;
}

bool setsInterrupt(
    std::vector<engine::Interrupt> &interrupts, const std::string &from, const std::string &to)
{
    bool found = false;
    for (engine::Interrupt &interrupt : interrupts) {
        if (engine::sameEventName(interrupt.event, from)) {
            interrupt.event = to;
            found = true;
        }
    }
    return found;
}

bool setsEvent(engine::Step &step, const std::string &from, const std::string &to)
{
    bool found = false;
    for (std::string *event : eventNamesIn(step)) {
        if (engine::sameEventName(*event, from)) {
            *event = to;
            found = true;
        }
    }
    if (auto *parallel = std::get_if<engine::ParallelStep>(&step.body))
        found = setsInterrupt(parallel->interrupts, from, to) || found;
    return found;
}

} // namespace

FlowDocument::FlowDocument(QObject *parent)
    : QObject(parent)
{
    const auto say = [this] {
        if (isModified() != m_saidModified)
            emit modifiedChanged(m_saidModified = isModified());
    };
    // Not from the commands: while they write, the stack still says what was before.
    connect(&m_undoStack, &QUndoStack::indexChanged, this, &FlowDocument::settled);
    connect(&m_undoStack, &QUndoStack::cleanChanged, this, say);
    connect(this, &FlowDocument::settled, this, say);
}

FlowDocument::~FlowDocument()
{
    m_undoStack.disconnect(this); // it would tell of its end while its listeners go
}

void FlowDocument::reset(engine::Flow flow, std::string original)
{
    m_undoStack.clear();
    m_flow = std::move(flow);
    m_original = std::move(original);
    m_modifiedSinceLoad = false;
    emit changed(FlowReset{});
    emit settled();
}

std::string FlowDocument::text() const { return engine::writeFlow(m_flow, m_original); }

void FlowDocument::markSaved()
{
    m_modifiedSinceLoad = false;
    m_undoStack.setClean();
    finishGesture();
    emit settled();
}

void FlowDocument::markUnsaved()
{
    m_modifiedSinceLoad = true;
    emit settled();
}

void FlowDocument::write(const FlowEdit &edit) { emit changed(applyEdit(m_flow, edit)); }

void FlowDocument::push(std::vector<FlowEdit> edits, const EditNote &note)
{
    std::erase_if(edits, changesNothing);
    if (edits.empty())
        return;
    const std::string key =
        note.field.empty() ? std::string() : note.field + '#' + std::to_string(m_gesture);
    m_undoStack.push(new EditCommand(*this, std::move(edits), note.text, key));
}

QString FlowDocument::shownName(const engine::StepId &step) const
{
    const engine::Step *found = engine::findStep(m_flow, step);
    return QString::fromStdString(found ? engine::displayName(*found) : step.value);
}

engine::StepId FlowDocument::addStep(
    std::string_view kind, engine::Position at, const std::optional<engine::Transition> &wanted)
{
    EditPlan plan(m_flow);
    engine::Step step;
    step.id = freeId(m_flow, kind);
    step.body = newStepBody(kind);
    const engine::StepId id = step.id;
    const bool isNote = std::holds_alternative<engine::NoteStep>(step.body);
    const bool isJoin = std::holds_alternative<engine::JoinStep>(step.body);
    const auto from = isNote ? std::nullopt : wanted; // nothing leads to a note
    if (from && !from->to.empty())
        at = makeRoom(plan, *from, at, reachOf(step.body, m_flow.layout.direction == "right"));
    if (opensBranches(step.body)) {
        insertBranches(plan, std::move(step), at, from ? from->to : engine::StepId());
    } else {
        if (from && !from->to.empty())
            if (const auto ways = engine::transitionsFrom(step); !ways.empty())
                engine::setTransition(step, ways.front(), from->to);
        plan.insert(std::move(step), at);
    }
    if (isJoin)
        adoptJoin(plan, id);
    if (const engine::Step *source = from ? engine::findStep(m_flow, from->from) : nullptr) {
        engine::Step changedSource = *source;
        engine::setTransition(changedSource, *from, id);
        plan.replace(std::move(changedSource));
    }
    const bool atStart = from && from->from.empty();
    if (atStart || (!isNote && !isJoin && !engine::findStep(m_flow, m_flow.start)))
        plan.setStart(id);
    const QString name =
        QString::fromStdString(engine::displayName(*engine::findStep(plan.flow(), id)));
    //: Undo text. %1 is the name of a step.
    push(std::move(plan).edits(), {from ? tr("Insert %1").arg(name) : tr("Add %1").arg(name), {}});
    return id;
}

engine::StepId FlowDocument::addBranch(const engine::StepId &parallel)
{
    EditPlan plan(m_flow);
    const engine::StepId branch = insertBranch(plan, parallel);
    //: Undo text. %1 is the name of a parallel step.
    push(std::move(plan).edits(), {tr("Add a branch to %1").arg(shownName(parallel)), {}});
    return branch;
}

void FlowDocument::insertOnWay(
    const engine::StepId &step, const engine::Transition &way, engine::Position at)
{
    const engine::Step *inserted = engine::findStep(m_flow, step);
    const engine::Step *source = engine::findStep(m_flow, way.from);
    if (!inserted || inserted == source || (!source && !way.from.empty()))
        return;
    EditPlan plan(m_flow);
    const std::size_t layoutEnd = m_flow.layout.steps.size();
    plan.add(MoveStep{step, positionOf(m_flow, step), at, layoutEnd});
    engine::Step onward = *inserted;
    if (const auto ways = engine::transitionsFrom(onward); !ways.empty() && way.to != step)
        engine::setTransition(onward, ways.front(), way.to);
    plan.replace(std::move(onward));
    if (source) {
        engine::Step leading = *source;
        engine::setTransition(leading, way, step);
        plan.replace(std::move(leading));
    } else {
        plan.setStart(step);
    }
    push(std::move(plan).edits(), {tr("Insert %1").arg(shownName(step)), {}});
}

void FlowDocument::removeSteps(const std::vector<engine::StepId> &steps, Reconnect reconnect)
{
    StepSet removed;
    for (const engine::StepId &step : steps)
        if (engine::findStep(m_flow, step))
            removed.insert(step);
    if (removed.empty())
        return;
    const Retarget around = [&](const engine::StepId &to) {
        if (!removed.contains(to))
            return to;
        return reconnect == Reconnect::Yes ? behind(m_flow, removed, to) : engine::StepId();
    };
    //: Undo text. %1 is the name of a step.
    const QString text = removed.size() == 1
                             ? tr("Delete %1").arg(shownName(*removed.begin()))
                             : tr("Delete %n step(s)", nullptr, static_cast<int>(removed.size()));
    EditPlan plan(m_flow);
    plan.setStart(around(m_flow.start));
    for (const engine::StepId &step : removed)
        plan.remove(step);
    plan.retargetAll(around);
    push(std::move(plan).edits(), {text, {}});
}

std::vector<FlowEdit> FlowDocument::moves(
    const std::vector<std::pair<engine::StepId, engine::Position>> &positions) const
{
    std::vector<FlowEdit> edits;
    std::size_t added = m_flow.layout.steps.size();
    for (const auto &[step, to] : positions) {
        if (!engine::findStep(m_flow, step))
            continue;
        const auto &layout = m_flow.layout.steps;
        const auto place =
            std::ranges::find(layout, step, &std::pair<engine::StepId, engine::Position>::first);
        const bool known = place != layout.end();
        edits.push_back(MoveStep{step, positionOf(m_flow, step), to,
            known ? static_cast<std::size_t>(place - layout.begin()) : added++});
    }
    return edits;
}

void FlowDocument::arrange(const std::vector<engine::StepId> &steps, Arrangement how)
{
    //: Undo text.
    const QString text = tr("Arrange %n step(s)", nullptr, static_cast<int>(steps.size()));
    push(moves(arranged(m_flow, steps, how)), {text, {}});
}

void FlowDocument::moveSteps(
    const std::vector<std::pair<engine::StepId, engine::Position>> &positions)
{
    std::vector<FlowEdit> edits = moves(positions);
    if (edits.empty())
        return;
    //: Undo text. %1 is the name of a step.
    const QString text = edits.size() == 1
                             ? tr("Move %1").arg(shownName(positions.front().first))
                             : tr("Move %n step(s)", nullptr, static_cast<int>(edits.size()));
    push(std::move(edits), {text, "move"});
}

void FlowDocument::connectTo(const engine::Transition &way, const engine::StepId &to)
{
    if (way.from.empty()) {
        setStart(to);
        return;
    }
    const engine::Step *from = engine::findStep(m_flow, way.from);
    if (!from)
        return;
    engine::Step changedStep = *from;
    engine::setTransition(changedStep, way, to);
    //: Undo text. %1 and %2 are names of steps.
    const QString text = to.empty()
                             ? tr("Disconnect %1").arg(shownName(way.from))
                             : tr("Connect %1 to %2").arg(shownName(way.from), shownName(to));
    push({ReplaceStep{*from, std::move(changedStep)}}, {text, {}});
}

void FlowDocument::disconnectWay(const engine::Transition &way) { connectTo(way, {}); }

void FlowDocument::setStart(const engine::StepId &step)
{
    //: Undo text. %1 is the name of a step.
    push({SetStart{m_flow.start, step}}, {tr("Start with %1").arg(shownName(step)), {}});
}

engine::Result<void> FlowDocument::renameStep(const engine::StepId &from, const engine::StepId &to)
{
    if (from == to)
        return {};
    if (const std::string fault = faultOfId(to.value); !fault.empty())
        return engine::Error{engine::ErrorCode::InvalidArgument, fault};
    if (!engine::findStep(m_flow, from))
        return engine::Error{engine::ErrorCode::NotFound, "there is no step " + from.value};
    if (engine::findStep(m_flow, to))
        return engine::Error{
            engine::ErrorCode::AlreadyExists, "another step has the id " + to.value};
    const StepNames names{{from.value, to.value}};
    EditPlan plan(m_flow);
    plan.add(RenameStep{from, to});
    plan.retargetAll([&](const engine::StepId &target) { return target == from ? to : target; });
    std::vector<engine::Step> steps = plan.flow().steps;
    for (engine::Step &step : steps) {
        renameInExpressions(step, names);
        plan.replace(std::move(step));
    }
    //: Undo text. %1 and %2 are ids of steps.
    const QString text =
        tr("Rename %1 to %2")
            .arg(QString::fromStdString(from.value), QString::fromStdString(to.value));
    push(std::move(plan).edits(), {text, {}});
    return {};
}

void FlowDocument::setName(const engine::StepId &step, const std::string &name)
{
    const engine::Step *found = engine::findStep(m_flow, step);
    if (!found)
        return;
    engine::Step changedStep = *found;
    changedStep.name = name;
    //: Undo text. %1 is the name of a step.
    changeStep(std::move(changedStep), {tr("Name %1").arg(QString::fromStdString(name)), "name"});
}

void FlowDocument::changeStep(engine::Step changedStep, const EditNote &note)
{
    const engine::Step *before = engine::findStep(m_flow, changedStep.id);
    if (!before)
        return;
    const std::string field = note.field.empty() ? "" : note.field + '@' + before->id.value;
    push({ReplaceStep{*before, std::move(changedStep)}}, {note.text, field});
}

void FlowDocument::changeSteps(std::vector<engine::Step> changedSteps, const EditNote &note)
{
    EditPlan plan(m_flow);
    std::string field = note.field;
    for (engine::Step &step : changedSteps) {
        field += field.empty() ? "" : '@' + step.id.value;
        plan.replace(std::move(step));
    }
    push(std::move(plan).edits(), {note.text, field});
}

void FlowDocument::changeProperties(FlowProperties changedProperties, const EditNote &note)
{
    push({SetProperties{propertiesOf(m_flow), std::move(changedProperties)}}, note);
}

void FlowDocument::replaceFlow(engine::Flow after, const QString &text)
{
    push({ReplaceFlow{m_flow, std::move(after)}}, {text, {}});
}

engine::Result<void> FlowDocument::renameEvent(const std::string &from, const std::string &to)
{
    FlowProperties properties = propertiesOf(m_flow);
    const auto event = std::ranges::find(properties.events, from, &engine::EventDeclaration::name);
    if (to.empty() || event == properties.events.end())
        return engine::Error{engine::ErrorCode::InvalidArgument, "an event needs a name"};
    for (const engine::EventDeclaration &other : properties.events)
        if (&other != &*event && engine::sameEventName(other.name, to))
            return engine::Error{
                engine::ErrorCode::AlreadyExists, "the flow already declares " + other.name};
    event->name = to;
    setsInterrupt(properties.interrupts, from, to);
    EditPlan plan(m_flow);
    plan.setProperties(std::move(properties));
    for (const engine::Step &step : m_flow.steps)
        if (engine::Step changedStep = step; setsEvent(changedStep, from, to))
            plan.replace(std::move(changedStep));
    //: Undo text. %1 is the name of an event.
    const QString text = tr("Rename the event to %1").arg(QString::fromStdString(to));
    push(std::move(plan).edits(), {text, "event name"});
    return {};
}

std::vector<engine::StepId> FlowDocument::duplicate(const std::vector<engine::StepId> &steps)
{
    return insertCopies(fragmentOf(m_flow, steps), {40, 40},
        tr("Duplicate %n step(s)", nullptr, static_cast<int>(steps.size())));
}

std::vector<engine::StepId> FlowDocument::paste(const engine::Flow &fragment, engine::Position at)
{
    const engine::Position middle = middleOf(fragment);
    return insertCopies(fragment, {at.x - middle.x, at.y - middle.y},
        tr("Paste %n step(s)", nullptr, static_cast<int>(fragment.steps.size())));
}

std::vector<engine::StepId> FlowDocument::insertCopies(
    const engine::Flow &fragment, engine::Position offset, const QString &undoText)
{
    StepNames names;
    std::set<std::string> taken;
    for (const engine::Step &step : fragment.steps)
        names[step.id.value] = *taken.insert(freeId(m_flow, step.id.value, taken).value).first;
    EditPlan plan(m_flow);
    std::vector<engine::StepId> copies;
    for (engine::Step step : fragment.steps) {
        const auto place = positionOf(fragment, step.id).value_or(engine::Position{});
        step.id = {names[step.id.value]};
        mapTargets(step, [&](const engine::StepId &to) {
            const auto found = names.find(to.value);
            return found == names.end() ? engine::StepId() : engine::StepId{found->second};
        });
        renameInExpressions(step, names);
        copies.push_back(step.id);
        plan.insert(std::move(step), engine::Position{place.x + offset.x, place.y + offset.y});
    }
    if (!copies.empty() && !engine::findStep(m_flow, m_flow.start))
        plan.setStart(names.contains(fragment.start.value)
                          ? engine::StepId{names[fragment.start.value]}
                          : copies.front());
    push(std::move(plan).edits(), {undoText, {}});
    return copies;
}

} // namespace designer

#include "moc_flow_document.cpp"
