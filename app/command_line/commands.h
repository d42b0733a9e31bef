#pragma once

#include "app/arguments.h"

namespace app {

/// What a command ends with; a contract with scripts.
enum ExitStatus { Done = 0, Refused = 1, WrongUsage = 2, NotReachable = 3 };

// Each prints what it has to say and returns the exit status. They need a QCoreApplication.
int run(const CallCommand &command);
int run(const StartCommand &command);
int run(const RaiseCommand &command);
int run(const RaiseLinesCommand &command);
int run(const AnswerCommand &command);
int run(const OperateCommand &command);
int run(const CorrectCommand &command);
int run(const DeployCommand &command);
int run(const FlowFileCommand &command);
int run(const CheckCommand &command);
int run(const WebhookCommand &command);
int run(const StreamCommand &command);
int run(const SecretCommand &command);
int run(const BackupCommand &command);
int run(const ServeCommand &command);
int run(const CompletionCommand &command);
int run(const CompleteCommand &command);
int run(const ManualCommand &command);

} // namespace app
