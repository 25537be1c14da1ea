using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Vpio.Hypervisor.Scheduling;

namespace Vpio.Tool.Run;

/// <summary>Makes options of the kinds that several commands have: each says in one sentence what it does not accept.</summary>
internal static class CheckedOption
{
    /// <summary>Makes an option that takes a whole number.</summary>
    internal static Option<int?> Whole(string name, int least, int most, string description, string helpName) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result =>
        {
            string text = Single(result);
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most)
                return value;
            result.AddError($"{name} {text} is not a whole number from {least} to {most}.");
            return null;
        },
    };

    /// <summary>Makes an option that takes a span of time.</summary>
    internal static Option<TimeSpan?> Time(string name, TimeSpan least, TimeSpan most, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result =>
        {
            string text = Single(result);
            if (!DurationArgument.TryParse(text, out TimeSpan value))
                result.AddError($"{name} {text} is not a time with its unit; write it as {DurationArgument.Forms}.");
            else if (value < least || value > most)
                result.AddError($"{name} {text} is outside {DurationArgument.Format(least)} to {DurationArgument.Format(most)}; choose a time within.");
            return value;
        },
    };

    /// <summary>Makes an option that takes the path of a file.</summary>
    internal static Option<string?> Path(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "FILE",
        CustomParser = result =>
        {
            string text = Single(result);
            if (text.Length == 0)
                result.AddError($"{name} needs the path of a file.");
            return text;
        },
    };

    /// <summary>Makes the option <c>--seed</c>.</summary>
    internal static Option<long?> Seed(string description) => new("--seed")
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
        {
            string text = Single(result);
            if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long seed))
                return seed;
            result.AddError($"--seed {text} is not a whole number of at most 63 bits.");
            return null;
        },
    };

    /// <summary>Makes the option <c>--policy</c>.</summary>
    internal static Option<OverrunPolicy?> Policy(string description) => new("--policy")
    {
        Description = description,
        HelpName = "stop|detach",
        CustomParser = result =>
        {
            string text = Single(result);
            OverrunPolicy? policy = text switch
            {
                "stop" => OverrunPolicy.Stop,
                "detach" => OverrunPolicy.Detach,
                _ => null,
            };
            if (policy is null)
                result.AddError($"--policy {text} is not known; use stop or detach.");
            return policy;
        },
    };

    /// <summary>Makes the option <c>--weights</c>.</summary>
    internal static Option<GuestWeights?> Weights(string description) => new("--weights")
    {
        Description = description,
        HelpName = "N,N,...",
        CustomParser = result =>
        {
            string text = Single(result);
            if (GuestWeights.TryParse(text, out GuestWeights weights))
                return weights;
            result.AddError($"--weights {text} is not a list of whole numbers from 1 to 16, such as 1,2,4.");
            return null;
        },
    };

    /// <summary>Reads the one word of an option; an empty one when it has none.</summary>
    internal static string Single(ArgumentResult result) => result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;
}
