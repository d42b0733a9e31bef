#pragma once

#include "designer/document/arrange.h"
#include "designer/document/flow_change.h"
#include "designer/document/flow_edit.h"
#include "engine/base/result.h"
#include "engine/model/flow.h"

#include <QObject>
#include <QString>
#include <QUndoStack>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace designer {

enum class Reconnect { No, Yes };

/// What an edit is about: `text` is its undo text, and edits of the same `field` become one while
/// nobody calls finishGesture(). An empty field never merges.
struct EditNote {
    QString text;
    std::string field;
};

/// The truth while editing: a flow with its positions and the undo stack. Intents in, one
/// FlowChange for each write out. Intents that would change nothing push nothing. Main thread.
class FlowDocument : public QObject
{
    Q_OBJECT

public:
    explicit FlowDocument(QObject *parent = nullptr);
    ~FlowDocument() override;

    /// Another flow; forgets the undo stack. `original` is the text it was read from.
    void reset(engine::Flow flow, std::string original);
    const engine::Flow &flow() const { return m_flow; }
    /// The file text; an untouched flow is its original, byte for byte.
    std::string text() const;

    QUndoStack &undoStack() { return m_undoStack; }
    const QUndoStack &undoStack() const { return m_undoStack; }
    bool isModified() const { return m_modifiedSinceLoad || !m_undoStack.isClean(); }
    /// What is here now is what the file holds.
    void markSaved();
    /// What is here is not what the file holds, although nobody edited (restored after a crash).
    void markUnsaved();

    /// The next edit starts an undo step of its own: a field was left, a drag ended.
    void finishGesture() { ++m_gesture; }

    /// A new step of `kind` (kindName(), or `http`, `log`… for an activity of that kind) with its
    /// centre at `at`. With `from` that way leads to it, and if the way led somewhere, the new step
    /// goes on there and what stands below makes room. What starts branches comes with them and
    /// with their join; nothing leads to a note.
    engine::StepId addStep(std::string_view kind, engine::Position at,
        const std::optional<engine::Transition> &from = {});
    /// Another branch of a parallel step, one step long. Empty: `parallel` is none.
    engine::StepId addBranch(const engine::StepId &parallel);
    /// Moves a step onto `way`: the way leads to it, and its first way to where `way` led.
    void insertOnWay(
        const engine::StepId &step, const engine::Transition &way, engine::Position at);
    /// Ways that led to a removed step lead nowhere, or with Yes to where its first way led.
    void removeSteps(const std::vector<engine::StepId> &steps, Reconnect reconnect = Reconnect::No);
    /// Centres; merged until finishGesture().
    void moveSteps(const std::vector<std::pair<engine::StepId, engine::Position>> &positions);
    /// Puts several steps in order, in one undo step.
    void arrange(const std::vector<engine::StepId> &steps, Arrangement how);
    void connectTo(const engine::Transition &way, const engine::StepId &to);
    void disconnectWay(const engine::Transition &way);
    void setStart(const engine::StepId &step);

    /// Another id; rewrites ways, layout, interrupts and `steps.old` in expressions.
    /// InvalidArgument or AlreadyExists say why not.
    engine::Result<void> renameStep(const engine::StepId &from, const engine::StepId &to);
    void setName(const engine::StepId &step, const std::string &name);
    /// `changed` takes the place of the step with its id.
    void changeStep(engine::Step changed, const EditNote &note);
    /// The same for several at once, in one undo step.
    void changeSteps(std::vector<engine::Step> changed, const EditNote &note);
    void changeProperties(FlowProperties changed, const EditNote &note);
    /// The flow as its text says after an edit of the text; `text` is the undo text.
    void replaceFlow(engine::Flow after, const QString &text);
    /// In the declarations and in the waits for it.
    engine::Result<void> renameEvent(const std::string &from, const std::string &to);

    /// Copies beside the originals; what leads from one to another does so in the copies too.
    std::vector<engine::StepId> duplicate(const std::vector<engine::StepId> &steps);
    /// The steps of `fragment` with new ids where theirs are taken; their middle comes to `at`.
    std::vector<engine::StepId> paste(const engine::Flow &fragment, engine::Position at);

signals:
    /// After every single write.
    void changed(const designer::FlowChange &change);
    /// After all writes of one intent, undo, redo or reset.
    void settled();
    void modifiedChanged(bool modified);

private:
    friend class EditCommand;

    void write(const FlowEdit &edit);
    std::vector<FlowEdit> moves(
        const std::vector<std::pair<engine::StepId, engine::Position>> &positions) const;
    void push(std::vector<FlowEdit> edits, const EditNote &note);
    std::vector<engine::StepId> insertCopies(
        const engine::Flow &fragment, engine::Position offset, const QString &undoText);
    QString shownName(const engine::StepId &step) const;

    engine::Flow m_flow;
    std::string m_original;
    QUndoStack m_undoStack;
    int m_gesture = 0;
    bool m_modifiedSinceLoad = false;
    bool m_saidModified = false;
};

} // namespace designer
