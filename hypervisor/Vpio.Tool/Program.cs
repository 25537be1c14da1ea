using Vpio.Tool;
using Vpio.Tool.Run;

try
{
    return CommandLine.Invoke(args, RunApplication.Run, Console.Out, Console.Error);
}
catch (Exception failure)
{
    // A bug, or standard output that cannot be written: whoever called it gets a sentence and a code all the same.
    Console.Error.WriteLine($"vpio: {failure.GetType().Name}: {failure.Message.ReplaceLineEndings(" ")}");
    return ExitCode.Failed;
}
