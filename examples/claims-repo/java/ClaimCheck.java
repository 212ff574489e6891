package claims;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;

final class ClaimCheck {
    private final HttpClient client;

    ClaimCheck(HttpClient client) {
        this.client = client;
    }

    void send(Claim claim) throws Exception {
        // mokuteki: claims/check
        var request = HttpRequest.newBuilder(VENDOR).POST(claim.body()).build();
        client.send(request, discarding());
    }
}
