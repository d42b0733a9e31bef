#pragma once

#include "designer/document/flow_edit.h"

#include <QUndoCommand>

#include <string>
#include <vector>

namespace designer {

class FlowDocument;

/// What one intent does: its writes in order, taken back in reverse. One class serves all intents,
/// because every write knows its inverse.
class EditCommand : public QUndoCommand
{
public:
    /// Commands with the same `mergeKey` in a row become one; an empty key never.
    EditCommand(FlowDocument &document, std::vector<FlowEdit> edits, const QString &text,
        std::string mergeKey);

    void redo() override;
    void undo() override;
    int id() const override { return 1; }
    bool mergeWith(const QUndoCommand *later) override;

private:
    FlowDocument &m_document;
    std::vector<FlowEdit> m_edits;
    std::string m_mergeKey;
};

} // namespace designer
