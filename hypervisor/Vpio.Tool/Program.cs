using Vpio.Tool;
using Vpio.Tool.Run;

try
{
    // A guest's process is one of many that come up at once: it goes without the parser of command lines.
    return args is [GuestApplication.Command] ? GuestApplication.Run(Console.Error) : CommandLine.Invoke(args, RunApplication.Run, Console.Out, Console.Error);
}
catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"vpio: the report cannot be written ({failure.Message.ReplaceLineEndings(" ")}); give standard output room.");
    return ExitCode.Failed;
}
catch (Exception failure)
{
    // A bug of ours: whoever called it gets a sentence and a code all the same.
    Console.Error.WriteLine($"vpio: {failure.GetType().Name}: {failure.Message.ReplaceLineEndings(" ")}");
    return ExitCode.Failed;
}
