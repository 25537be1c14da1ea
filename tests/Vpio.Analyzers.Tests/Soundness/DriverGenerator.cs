using System.Text;

namespace Vpio.Analyzers.Tests.Soundness;

/// <summary>Writes small drivers at random: what they do with two devices is sometimes right and mostly wrong.</summary>
/// <param name="seed">Tells which.</param>
internal sealed class DriverGenerator(int seed)
{
    private const int MostDepth = 3;

    private readonly Random _random = new(seed);
    private readonly StringBuilder _text = new();
    private readonly List<string> _answers = [];
    private readonly List<string> _scopes = [];
    private int _names;
    private int _loops;

    /// <summary>Writes one driver.</summary>
    /// <param name="name">What the method is called.</param>
    public string Write(string name)
    {
        _text.Clear();
        _answers.Clear();
        _scopes.Clear();
        _answers.Add("c");
        _names = 0;
        _text.Append("    public void ").Append(name).Append("(bool c)\n    {\n");
        Skeleton(0);
        _text.Append("    }\n");
        return _text.ToString();
    }

    // A driver that is all chance is never clean. So most begin as one that would be right, and get something more inside.
    private void Skeleton(int depth)
    {
        string nic = Device();
        switch (_random.Next(9))
        {
            case 0:
                Line(depth, $"{nic}.Grab();");
                Line(depth, "try");
                Block(depth, () => Body(depth + 1, nic));
                Line(depth, "finally");
                Block(depth, () => Line(depth + 1, $"{nic}.Release();"));
                break;
            case 1:
                Line(depth, $"if ({nic}.TryGrab())");
                Block(depth, () =>
                {
                    Body(depth + 1, nic);
                    Line(depth + 1, $"{nic}.Release();");
                });
                break;
            case 2:
                Line(depth, $"if (!{nic}.TryGrab())");
                Line(depth + 1, "return;");
                Body(depth, nic);
                Line(depth, $"{nic}.Release();");
                break;
            case 3:
                string ok = Name("ok");
                Line(depth, $"bool {ok} = {(_random.Next(2) == 0 ? nic + ".TryGrab()" : "Flip() && " + nic + ".TryGrab()")};");
                _answers.Add(ok);
                Statements(depth, 1);
                Line(depth, $"if ({ok})");
                Block(depth, () =>
                {
                    Body(depth + 1, nic);
                    Line(depth + 1, $"{nic}.Release();");
                });
                break;
            case 4:
                Line(depth, "if (c)");
                Line(depth + 1, $"{nic}.Grab();");
                Statements(depth, 1);
                Line(depth, "if (c)");
                Block(depth, () =>
                {
                    Body(depth + 1, nic);
                    Line(depth + 1, $"{nic}.Release();");
                });
                break;
            case 5:
                string scope = Name("s");
                Line(depth, $"using (var {scope} = {nic}.Enter())");
                _scopes.Add(scope);
                Block(depth, () => Body(depth + 1, nic));
                _scopes.Remove(scope);
                break;
            case 6:
                string tried = Name("s");
                Line(depth, $"using (var {tried} = {nic}.TryEnter())");
                Block(depth, () =>
                {
                    Line(depth + 1, $"if ({tried}.Granted)");
                    Block(depth + 1, () => Body(depth + 2, nic));
                });
                break;
            case 7:
                string alias = Name("p");
                Line(depth, $"var {alias} = {(_random.Next(2) == 0 ? nic : "Flip() ? a : b")};");
                Line(depth, $"{alias}.Grab();");
                Body(depth, alias);
                Line(depth, $"{alias}.Release();");
                break;
            default:
                Statements(depth, 3);
                break;
        }

        if (_random.Next(3) == 0)
            Statements(depth, 1);
    }

    private void Body(int depth, string nic)
    {
        int count = _random.Next(1, 4);
        for (int i = 0; i < count; i++)
        {
            if (_random.Next(2) == 0)
                Line(depth, $"{nic}.Write(0, 1);");
            else
                Statement(depth);
        }
    }

    private void Statements(int depth, int most)
    {
        int count = _random.Next(0, most + 1);
        for (int i = 0; i < count; i++)
            Statement(depth);
    }

    private void Statement(int depth)
    {
        int kind = _random.Next(depth >= MostDepth ? 9 : 17);
        switch (kind)
        {
            case 0: Line(depth, $"{Device()}.Write(0, 1);"); break;
            case 1: Line(depth, $"{Device()}.Grab();"); break;
            case 2: Line(depth, $"{Device()}.Release();"); break;
            case 3: Line(depth, "MayFail();"); break;
            case 4: Line(depth, "Flip();"); break;
            case 5: Line(depth, $"if ({Condition()}) return;"); break;
            case 6: Line(depth, _loops > 0 ? _random.Next(2) == 0 ? "if (Flip()) break;" : "if (Flip()) continue;" : "Flip();"); break;
            case 7: Line(depth, _scopes.Count > 0 ? $"{_scopes[_random.Next(_scopes.Count)]}.Release();" : $"if ({Device()}.Wanted) return;"); break;
            case 8: Line(depth, $"{Device()}.WaitForInterrupt();"); break;
            case 9:
            case 10:
                Line(depth, $"if ({Condition()})");
                Block(depth, () => Statements(depth + 1, 2));
                if (_random.Next(2) == 0)
                {
                    Line(depth, "else");
                    Block(depth, () => Statements(depth + 1, 2));
                }

                break;
            case 11:
                string round = Name("i");
                Line(depth, _random.Next(2) == 0 ? "while (Flip())" : $"for (int {round} = 0; {round} < 3; {round}++)");
                _loops++;
                Block(depth, () => Statements(depth + 1, 3));
                _loops--;
                break;
            case 12:
                int outer = _loops;
                Line(depth, "try");
                Block(depth, () => Statements(depth + 1, 3));
                Line(depth, "catch (InvalidOperationException)");
                Block(depth, () => Statements(depth + 1, 1));
                _loops = outer;
                break;
            case 13:
                int kept = _loops;
                Line(depth, "try");
                Block(depth, () => Statements(depth + 1, 3));
                Line(depth, "finally");
                _loops = 0;
                Block(depth, () => Line(depth + 1, $"if ({Condition()}) {Device()}.Release();"));
                _loops = kept;
                break;
            case 14:
                string local = Name("L");
                int around = _loops;
                _loops = 0;
                Line(depth, $"void {local}()");
                Block(depth, () => Line(depth + 1, Simple()));
                _loops = around;
                Line(depth, $"{local}();");
                break;
            case 15:
                Line(depth, $"((Action)(() => {{ {Simple()} }}))();");
                break;
            default:
                Skeleton(depth + 1);
                break;
        }
    }

    private string Simple() => _random.Next(3) switch
    {
        0 => $"{Device()}.Write(0, 1);",
        1 => $"{Device()}.Grab();",
        _ => $"{Device()}.Release();",
    };

    private string Condition() => _random.Next(7) switch
    {
        0 => "Flip()",
        1 => $"{Device()}.TryGrab()",
        2 => $"{Device()}.IsHeld",
        3 => $"!{_answers[_random.Next(_answers.Count)]}",
        4 => $"Flip() || {_answers[_random.Next(_answers.Count)]}",
        5 => "_flag",
        _ => _answers[_random.Next(_answers.Count)],
    };

    private string Device() => _random.Next(3) == 0 ? "b" : "a";

    private string Name(string start) => $"{start}{_names++}";

    private void Line(int depth, string text) => _text.Append(' ', 8 + (4 * depth)).Append(text).Append('\n');

    // What a block declares is not known after it.
    private void Block(int depth, Action inside)
    {
        int known = _answers.Count;
        Line(depth, "{");
        inside();
        Line(depth, "}");
        _answers.RemoveRange(known, _answers.Count - known);
    }
}
