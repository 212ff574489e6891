package health

class Guidance(private val kafkaTemplate: KafkaTemplate<String, Checkup>) {
    /* mokuteki: health/guidance */
    fun hand(checkup: Checkup) {
        kafkaTemplate.send("guidance", checkup)
    }
}
