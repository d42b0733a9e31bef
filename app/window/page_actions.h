#pragma once

namespace app {

class Actions;
class Documents;

/// The actions that go to the flow in front: each calls its page, and undo and redo say what they
/// undo.
void connectPageActions(Actions &actions, Documents &documents);

} // namespace app
