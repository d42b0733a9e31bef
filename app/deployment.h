#pragma once

#include "designer/workbench.h"
#include "engine/door/door.h"

#include <QObject>

#include <functional>

class QWidget;

namespace app {

class Dialogs;
class EngineRoom;
class FlowChecker;

/// "Deploy": brings a flow from the designer to the engine and its problems back; asks once what
/// the flow may reach. Main thread; the parts outlive it.
class Deployment : public QObject, public designer::Workbench
{
    Q_OBJECT

public:
    struct Parts {
        EngineRoom &room;
        FlowChecker &checker;
        Dialogs &dialogs;
        QWidget *window; ///< of the questions
    };

    explicit Deployment(const Parts &parts, QObject *parent = nullptr);

    void deploy(const std::string &flowText, std::function<void(Deployed)> answered) override;
    void start(const engine::FlowId &flow) override;
    void check(const std::string &flowText,
        std::function<void(std::vector<engine::Problem>)> answered) override;

signals:
    void deployed(const engine::FlowId &flow, int version);
    void startAsked(const engine::FlowId &flow);

private:
    using Answer = std::function<void(Deployed)>;

    void send(const std::string &flowText, bool grant, Answer answered);
    void askGrant(const std::string &flowText, const engine::DeployedFlow &without,
        const QStringList &demands, const Answer &answered);

    Parts m_parts;
};

} // namespace app
