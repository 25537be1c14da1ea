using System.CommandLine;
using System.CommandLine.Parsing;
using Vpio.Tool.AbiCommands;
using Vpio.Tool.Bench;
using Vpio.Tool.Check;
using Vpio.Tool.Run;
using Vpio.Tool.Sim;

namespace Vpio.Tool;

/// <summary>Is the command line of <c>vpio</c>: parses, answers what cannot be used in one sentence, and runs the rest.</summary>
internal static class CommandLine
{
    /// <summary>Parses a line and runs what it names.</summary>
    /// <param name="arguments">The words after <c>vpio</c>.</param>
    /// <param name="run">Runs <c>vpio run</c> and returns the exit code.</param>
    /// <param name="output">Where help and version go.</param>
    /// <param name="error">Where the one sentence goes that says what is wrong.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    internal static int Invoke(string[] arguments, Func<RunOptions, int> run, TextWriter output, TextWriter error)
    {
        ParseResult line = Parse(arguments, run, output);
        if (line.Errors.Count > 0)
            return Refuse(error, Complaint(line) + $" See vpio {CommandOf(line)} --help.");
        try
        {
            // Signals are the run's own business: it ends its guests and still prints what was done.
            return line.Invoke(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = output,
                Error = error,
            });
        }
        catch (UsageException refusal)
        {
            return Refuse(error, refusal.Message);
        }
    }

    /// <summary>Parses a line.</summary>
    /// <param name="arguments">The words after <c>vpio</c>.</param>
    /// <param name="run">Runs <c>vpio run</c> and returns the exit code.</param>
    /// <param name="output">Where the commands write.</param>
    internal static ParseResult Parse(string[] arguments, Func<RunOptions, int> run, TextWriter output)
    {
        var root = new RootCommand("Guests time-share one physical device; while a guest owns it, it drives it directly.")
        {
            new RunCommand().Build(run),
            new AbiCommand().Build(output),
            new SimCommand().Build(output),
            new CheckCommand().Build(output),
            new BenchCommand().Build(output),
            Guest(),
        };
        return root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
    }

    // Nobody types it: vpio run starts it, and says by help what it is.
    private static Command Guest()
    {
        var command = new Command(GuestApplication.Command, "Do the part of a guest in a process that vpio run started.") { Hidden = true };
        command.SetAction(line => GuestApplication.Run(line.InvocationConfiguration.Error));
        return command;
    }

    private static int Refuse(TextWriter error, string sentence)
    {
        error.WriteLine("vpio: " + sentence);
        return ExitCode.Usage;
    }

    private static string CommandOf(ParseResult line)
    {
        // From the command up to the root, which is the program itself.
        List<string> names = [];
        for (CommandResult? each = line.CommandResult; each?.Command is not (null or RootCommand); each = each.Parent as CommandResult)
            names.Insert(0, each.Command.Name);
        return names.Count == 0 ? "run" : string.Join(' ', names);
    }

    private static string Complaint(ParseResult line)
    {
        // A word that means nothing explains more than the command that it was not.
        if (line.UnmatchedTokens.Count > 0)
            return $"{line.UnmatchedTokens[0]} is neither a command nor an option here.";
        if (line.Tokens.Count == 0)
            return "Say what to do, for example vpio run.";
        string message = line.Errors[0].Message.ReplaceLineEndings(" ").Trim();
        return message.EndsWith('.') ? message : message + ".";
    }
}
