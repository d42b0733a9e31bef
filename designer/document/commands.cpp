#include "designer/document/commands.h"

#include "designer/document/flow_document.h"

#include <algorithm>
#include <utility>

namespace designer {
namespace {

/// `later` folded into `edits` one by one where they are about the same things, else behind them.
void join(std::vector<FlowEdit> &edits, const std::vector<FlowEdit> &later)
{
    std::vector<FlowEdit> folded;
    for (std::size_t i = 0; i < edits.size() && edits.size() == later.size(); ++i)
        if (auto both = joined(edits[i], later[i]))
            folded.push_back(std::move(*both));
    if (folded.size() == edits.size() && edits.size() == later.size())
        edits = std::move(folded);
    else
        edits.insert(edits.end(), later.begin(), later.end());
}

} // namespace

EditCommand::EditCommand(
    FlowDocument &document, std::vector<FlowEdit> edits, const QString &text, std::string mergeKey)
    : QUndoCommand(text)
    , m_document(document)
    , m_edits(std::move(edits))
    , m_mergeKey(std::move(mergeKey))
{}

void EditCommand::redo()
{
    for (const FlowEdit &edit : m_edits)
        m_document.write(edit);
}

void EditCommand::undo()
{
    for (auto edit = m_edits.rbegin(); edit != m_edits.rend(); ++edit)
        m_document.write(inverse(*edit));
}

bool EditCommand::mergeWith(const QUndoCommand *later)
{
    const auto *next = dynamic_cast<const EditCommand *>(later);
    if (!next || m_mergeKey.empty() || next->m_mergeKey != m_mergeKey)
        return false;
    join(m_edits, next->m_edits);
    setText(next->text());
    setObsolete(std::ranges::all_of(m_edits, changesNothing));
    return true;
}

} // namespace designer
