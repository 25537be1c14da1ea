using Vpio.Analyzers.CodeFixes;

namespace Vpio.Analyzers.Tests.CodeFixes;

/// <summary>The fix <see cref="PassHandleByReference"/>, of VPIO1016.</summary>
internal sealed class PassHandleByReferenceTests
{
    [Test]
    public Task ALocalRefersToTheHandle() => FixCase.Members<PassHandleByReference>("""
        public void Send()
        {
            using var scope = nic.Enter();
            var again = {|VPIO1016:scope|};
            _ = again.Granted;
        }
        """, """
        public void Send()
        {
            using var scope = nic.Enter();
            ref readonly var again = ref scope;
            _ = again.Granted;
        }
        """);

    [Test]
    public Task CommentsStayAndAPlainVariableMayBeWritten() => FixCase.Members<PassHandleByReference>("""
        public void Send()
        {
            Scope scope = nic.Enter();
            // The same.
            Scope again = {|VPIO1016:scope|}; // here
            scope.Dispose();
        }
        """, """
        public void Send()
        {
            Scope scope = nic.Enter();
            // The same.
            ref Scope again = ref scope; // here
            scope.Dispose();
        }
        """);

    [Test]
    public Task AParameterTakesTheHandleByReference() => FixCase.Members<PassHandleByReference>("""
        public void Send()
        {
            using var scope = nic.Enter();
            Look({|VPIO1016:scope|}, 1);
        }

        public static void Look(Scope scope, int times)
        {
            _ = scope.Granted;
        }
        """, """
        public void Send()
        {
            using var scope = nic.Enter();
            Look(in scope, 1);
        }

        public static void Look(scoped in Scope scope, int times)
        {
            _ = scope.Granted;
        }
        """);

    [Test]
    public Task AllCopiesBecomeReferences() => FixCase.Members<PassHandleByReference>("""
        public void Send()
        {
            using var scope = nic.Enter();
            var one = {|VPIO1016:scope|};
            var two = {|VPIO1016:scope|};
            Look({|VPIO1016:scope|});
        }

        public static void Look(Scope scope)
        {
            _ = scope.Granted;
        }
        """, """
        public void Send()
        {
            using var scope = nic.Enter();
            ref readonly var one = ref scope;
            ref readonly var two = ref scope;
            Look(in scope);
        }

        public static void Look(scoped in Scope scope)
        {
            _ = scope.Granted;
        }
        """);
}
