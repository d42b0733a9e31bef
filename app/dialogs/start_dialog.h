#pragma once

#include "engine/base/ids.h"
#include "engine/base/json_text.h"
#include "engine/model/flow.h"

#include <QDialog>

#include <functional>
#include <optional>

class QLabel;
class QLineEdit;
class QPushButton;

namespace app {

class JsonEditor;

/// Starts an instance: id and input, filled from the example of the input schema. Stays open with
/// the reason when the engine refuses. Deletes itself when closed. Main thread.
class StartDialog : public QDialog
{
    Q_OBJECT

public:
    struct Asked {
        engine::InstanceId instance; ///< empty: one is made
        engine::JsonText input;
    };
    /// `answered` gets nothing, or the sentence why it was refused.
    using Start =
        std::function<void(Asked asked, std::function<void(const QString &refusal)> answered)>;

    StartDialog(const engine::Flow &flow, int version, Start start, QWidget *parent = nullptr);

private:
    void build(const QString &flow, int version);
    void fillWithExample();
    void check();
    void send();

    Start m_start;
    std::optional<engine::JsonText> m_schema;
    QLineEdit *m_id;
    JsonEditor *m_input;
    QLabel *m_refusal;
    QPushButton *m_send;
};


} // namespace app
