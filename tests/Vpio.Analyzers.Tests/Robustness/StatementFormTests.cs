namespace Vpio.Analyzers.Tests.Robustness;

/// <summary>Statements in every form that the language has.</summary>
internal sealed class StatementFormTests
{
    [Test]
    public Task JumpsBackAndForthAreFollowed() => OwnershipCase.Members("""
        public void Send(int kind)
        {
        again:
            nic.Grab();
            if (Flip())
            {
                nic.Release();
                goto again;
            }
            switch (kind)
            {
                case 0: goto case 2;
                case 1: goto default;
                case 2: nic.Write(0, 1); break;
                default: nic.Write(4, 1); break;
            }
            nic.Release();
        }
        """);

    [Test]
    public Task PatternsInASwitchAreFollowed() => OwnershipCase.Members("""
        public uint Send(object? what)
        {
            nic.Grab();
            uint answer = what switch
            {
                null => nic.Read(0),
                int and > 3 => nic.Read(4),
                string { Length: > 2 } text => nic.Read(text.Length),
                int[] and [1, .., var last] => nic.Read(last),
                (int x, int y) => nic.Read(x + y),
                _ => throw new ArgumentException("what"),
            };
            nic.Release();
            return answer + {|VPIO1003:nic.Read(0)|};
        }
        """);

    [Test]
    public Task CheckedAndUncheckedAreNoHarm() => OwnershipCase.Members("""
        public void Send(int value)
        {
            nic.Grab();
            checked
            {
                nic.Write(0, (uint)(value * 2));
            }
            unchecked
            {
                nic.Write(4, (uint)-value);
            }
            nic.Release();
            {|VPIO1003:nic.Write(8, checked((uint)value))|};
        }
        """);

    [Test]
    public Task UnsafeBlocksAndPointersAreFollowed() => OwnershipCase.Members("""
        public unsafe void Send(byte[] frame)
        {
            nic.Grab();
            fixed (byte* bytes = frame)
            {
                uint* from = (uint*)bytes;
                for (int i = 0; i < 4; i++)
                    nic.Raw[i] = *from++;
            }
            nic.Release();
            delegate*<Nic, void> later = &Touch;
            later(nic);
        }

        private static void Touch(Nic card) { card.Grab(); card.Release(); }
        """);

    [Test]
    public Task StackMemoryIsNoView() => OwnershipCase.Members("""
        public uint Send()
        {
            Span<uint> words = stackalloc uint[8];
            nic.Grab();
            for (int i = 0; i < words.Length; i++)
                words[i] = nic.Read(i);
            nic.Release();
            return words[0];
        }

        public unsafe void Raw()
        {
            uint* words = stackalloc uint[2];
            *words = {|VPIO1001:nic.Read(0)|};
        }
        """);

    [Test]
    public Task UsingsInEveryFormAreFollowed() => OwnershipCase.Members("""
        public void Send(IDisposable? whatever)
        {
            using (whatever)
            using (Scope scope = nic.Enter())
            using (Lease lease = other.GrabLease())
            {
                nic.Write(0, 1);
                lease.Write(0, 1);
            }
            using var stream = new MemoryStream();
            {|VPIO1003:nic.Write(0, 1)|};
        }
        """);

    [Test]
    public Task DeconstructionsAndDiscardsAreFollowed() => OwnershipCase.Members("""
        public void Send((Nic Card, int Length) request)
        {
            (Nic card, _) = request;
            card.Grab();
            card.Write(0, (uint)request.Length);
            card.Release();
            _ = {|VPIO1003:card.Read(0)|};
        }
        """);

    [Test]
    public Task LockTypesAndEmptyStatementsAreNoHarm() => OwnershipCase.Members("""
        private readonly Lock guard = new();

        public void Send()
        {
            ;
            { }
            lock (guard)
            {
                nic.Grab();
                nic.Release();
            }
        }
        """);

    [Test]
    public Task UnreachableCodeIsSilent() => OwnershipCase.Members("""
        public void Send()
        {
            return;
        #pragma warning disable CS0162
            nic.Write(0, 1);
        }

        public void Never()
        {
            while (true)
                Log();
        }

        public void Thrown() => throw new NotSupportedException();
        """);

    [Test]
    public Task ForeachOverAnythingIsFollowed() => OwnershipCase.Members("""
        public void Send(Span<Nic> some, IEnumerable<(Nic Card, uint Word)> pairs)
        {
            foreach (Nic card in some)
            {
                card.Grab();
                card.Release();
            }
            foreach (ref Nic card in some)
                {|VPIO1001:card.Write(0, 1)|};
            foreach ((Nic card, uint word) in pairs)
            {
                card.Grab();
                card.Write(0, word);
                card.Release();
            }
        }
        """);
}
