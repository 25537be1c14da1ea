using System.Text.RegularExpressions;

namespace Vpio.Analyzers.Tests.MemoryCorpus;

/// <summary>Puts one fault into a program, in each place where it fits.</summary>
internal static partial class MemoryMutations
{
    private static readonly (string Kind, string Id, Regex Place, string Fault)[] Kinds =
    [
        ("read plainly", "VPIO2006", VolatileRead(), "$1"),
        ("write plainly", "VPIO2006", VolatileWrite(), "$1 = $2;"),
        ("step plainly", "VPIO2006", Increment(), "++$1"),
        ("set bits plainly", "VPIO2006", Or(), "$1 |= $2;"),
        ("inline an accessor", "VPIO2010", NoInlining(), ""),
        ("cut a register", "VPIO2010", WholeRead(), "=> (uint)(ushort)Volatile.Read("),
        ("move a field", "VPIO2003 VPIO2002", Offset(), "[FieldOffset($1 + 1)"),
        ("leave the size out", "VPIO2002", Size(), "LayoutKind.Explicit"),
        ("leave the layout out", "VPIO2002", Layout(), "[AbiStruct, StructLayout(LayoutKind.Sequential)]"),
        ("point", "VPIO2004", NumberField(), "public nuint $1;"),
        ("take a bool", "VPIO2001", ByteField(), "public bool $1;"),
        ("give a number out again", "VPIO2008", EnumMember(), "$1 = $2, Again = $2,"),
        ("take a reserved number", "VPIO2008", LastMember(), "$1 = 200,"),
        ("build a word", "VPIO2009", Built(), "new($1(byte)$2 | ((ulong)owner << 8))"),
        ("write a literal", "VPIO2009", WordValue(), ", 3)"),
        ("fetch again", "VPIO2007", Fetched(), ""),
    ];

    /// <summary>Makes every mutant of a program.</summary>
    public static IEnumerable<MemoryMutant> Of(MemoryProgram program)
    {
        foreach ((string kind, string id, Regex place, string fault) in Kinds)
        {
            foreach (Match match in place.Matches(program.Text))
            {
                string text = kind == "fetch again" ? FetchAgain(program.Text, match) : program.Text[..match.Index] + match.Result(fault) + program.Text[(match.Index + match.Length)..];
                if (text != program.Text)
                    yield return new MemoryMutant(program.Name, kind, id.Split(' '), match.Value.Trim(), text);
            }
        }
    }

    // The variable that kept what was read is replaced by another read, wherever it is used in the rest of the method.
    private static string FetchAgain(string text, Match read)
    {
        int end = text.IndexOf("\n    }\n", read.Index, StringComparison.Ordinal);
        string rest = text[(read.Index + read.Length)..end];
        if (Regex.Count(rest, $@"\b{read.Groups[1].Value}\b") < 2)
            return text; // One read is no double fetch.
        string again = Regex.Replace(rest, $@"\b{read.Groups[1].Value}\b", read.Groups[2].Value);
        return text[..read.Index] + again + text[end..];
    }

    [GeneratedRegex(@"Volatile\.Read\((?:ref|in) ([\w.]*(?:State|Grants|Flags))\)")]
    private static partial Regex VolatileRead();

    [GeneratedRegex(@"Volatile\.Write\(ref (\w+\.(?:State|Flags)), ([\w.]+)\);")]
    private static partial Regex VolatileWrite();

    [GeneratedRegex(@"Interlocked\.Increment\(ref ([^;]+)\)(?=;)")]
    private static partial Regex Increment();

    [GeneratedRegex(@"Interlocked\.Or\(ref ([\w.]+), ([^;]+)\);")]
    private static partial Regex Or();

    [GeneratedRegex(@"\[MethodImpl\(MethodImplOptions\.NoInlining\)\]")]
    private static partial Regex NoInlining();

    [GeneratedRegex(@"=> Volatile\.Read\((?=ref (?:At|_doorbells))")]
    private static partial Regex WholeRead();

    [GeneratedRegex(@"\[FieldOffset\((\d+)\)")]
    private static partial Regex Offset();

    [GeneratedRegex(@"LayoutKind\.Explicit, Size = \w+")]
    private static partial Regex Size();

    [GeneratedRegex(@"\[AbiStruct, StructLayout\(LayoutKind\.Explicit, Size = \w+\)\]")]
    private static partial Regex Layout();

    [GeneratedRegex(@"(?<=\[FieldOffset\(\d+\)\]\n    )public ulong (\w+);")]
    private static partial Regex NumberField();

    [GeneratedRegex(@"(?<=\[FieldOffset\(\d+\)\]\n    )public byte (\w+);")]
    private static partial Regex ByteField();

    [GeneratedRegex(@"(?<=\n    )(\w+) = (-?\d+),")]
    private static partial Regex EnumMember();

    [GeneratedRegex(@"(?<=\n    )(Gone) = 3,")]
    private static partial Regex LastMember();

    [GeneratedRegex(@"new\(()(SlotState\.Busy), owner\)")]
    private static partial Regex Built();

    [GeneratedRegex(@", leaving\.Value\)")]
    private static partial Regex WordValue();

    [GeneratedRegex(@"        (?:uint|ulong|byte) (\w+) = ([^;\n]*(?:request|requests|bytes|memory)[^;\n]*);")]
    private static partial Regex Fetched();
}

/// <summary>Is a program with one fault in it.</summary>
/// <param name="Program">The program.</param>
/// <param name="Kind">The kind of fault.</param>
/// <param name="Ids">The rules of which one has to find it: a field that is moved may end beyond the struct.</param>
/// <param name="Place">What was changed.</param>
/// <param name="Text">The program's text, with the fault.</param>
internal sealed record MemoryMutant(string Program, string Kind, string[] Ids, string Place, string Text);
